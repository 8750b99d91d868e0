"""The enumerated vocabularies of Open Badges 3.0 and CLR 2.0 (their sections on data models)."""

from typing import Final

from credentials.structure.shapes import Vocabulary


def _terms(words: str) -> frozenset[str]:
    return frozenset(words.split())


ACHIEVEMENT_TYPES: Final = Vocabulary(
    _terms(
        """
        Achievement ApprenticeshipCertificate Assessment Assignment AssociateDegree Award Badge
        BachelorDegree Certificate CertificateOfCompletion Certification CommunityService Competency
        Course CoCurricular Degree Diploma DoctoralDegree Fieldwork GeneralEducationDevelopment
        JourneymanCertificate LearningProgram License Membership ProfessionalDoctorate
        QualityAssuranceCredential MasterCertificate MasterDegree MicroCredential ResearchDoctorate
        SecondarySchoolDiploma
        """
    )
)
IDENTIFIER_TYPES: Final = Vocabulary(
    _terms(
        """
        name sourcedId systemId productId userName accountId emailAddress nationalIdentityNumber isbn
        issn lisSourcedId oneRosterSourcedId sisSourcedId ltiContextId ltiDeploymentId ltiToolId
        ltiPlatformId ltiUserId identifier
        """
    )
)
TARGET_TYPES: Final = Vocabulary(
    _terms(
        """
        ceasn:Competency ceterms:Credential CFItem CFRubric CFRubricCriterion CFRubricCriterionLevel
        CTDL
        """
    )
)
RESULT_TYPES: Final = Vocabulary(
    _terms(
        """
        GradePointAverage LetterGrade Percent PerformanceLevel PredictedScore RawScore Result
        RubricCriterion RubricCriterionLevel RubricScore ScaledScore Status
        """
    )
)
RESULT_STATUSES: Final = Vocabulary(
    _terms("Completed Enrolled Failed InProgress OnHold Provisional Withdrew"), extensible=False
)
ASSOCIATION_TYPES: Final = Vocabulary(
    _terms("exactMatchOf isChildOf isParentOf isPartOf isPeerOf isRelatedTo precedes replacedBy"),
    extensible=False,
)
