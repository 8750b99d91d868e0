"""Reads a YAML document that a person wrote: plain values, nothing built, nothing counted twice."""

from collections.abc import Hashable

import yaml

MAXIMUM_REASON = 200


class YamlError(Exception):
    """The text is no YAML document of ours; the message says why, on one line."""


class _Loader(yaml.SafeLoader):
    """Refuses aliases, by which a few lines stand for millions, and a key written twice."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise YamlError("aliases (*name) are not read here: write the value again")
        return super().compose_node(parent, index)

    def construct_scalar(self, node: yaml.ScalarNode | yaml.MappingNode) -> str:
        text = super().construct_scalar(node)
        if any("\ud800" <= char <= "\udfff" for char in text):
            raise YamlError(f"line {node.start_mark.line + 1}: half a character (a lone surrogate)")
        return text

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, object]:
        seen: set[str] = set()
        for key, _value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                raise YamlError(f"line {key.start_mark.line + 1}: the key {key.value!r} is written twice")
            seen.add(str(key.value))
        return super().construct_mapping(node, deep)


def read_yaml(content: bytes) -> object:
    """Read a YAML document.

    Args:
        content: Its bytes, UTF-8.

    Returns:
        Texts, numbers, days, lists and mappings.

    Raises:
        YamlError: Not UTF-8, not YAML, a value that does not exist (a 13th month), too deep, an alias, or a
            key written twice.
    """
    try:
        text = content.decode("utf-8-sig")
        return yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader, made stricter
    except UnicodeDecodeError as error:
        raise YamlError("it is not UTF-8 text") from error
    except RecursionError as error:
        raise YamlError("it is nested too deeply") from error
    except (yaml.YAMLError, ValueError, OverflowError, TypeError) as error:
        raise YamlError(" ".join(str(error).split())[:MAXIMUM_REASON]) from error
