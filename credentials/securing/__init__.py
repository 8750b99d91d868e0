"""Securing mechanisms: how a credential carries its proof."""
