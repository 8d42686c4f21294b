"""The nodes of a YAML file: composed by libyaml for what the program brings along.

The rule packs are 150 KB of YAML, read at every start.  libyaml takes a thirtieth of the time, but
follows YAML 1.1 in its syntax, so that files of others are composed by ruamel.yaml alone.  That
both see the same in every shipped file is tested.
"""

from __future__ import annotations

from typing import Any

import yaml
from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode


def compose(text: str) -> Node | None:
    """Return the root node of a YAML 1.2 text; None when it is empty.

    Nodes are composed and never constructed: no tag of the file can make an object.

    Raises:
        YAMLError: Of `ruamel.yaml`, if it is not YAML.
    """
    node: Node | None = YAML(typ="safe", pure=True).compose(text)
    return node


def compose_shipped(text: str) -> Node | None:
    """Return what `compose` returns for a file of the program's own.

    Raises:
        YAMLError: Of `ruamel.yaml`, if it is not YAML.
    """
    if not yaml.__with_libyaml__:
        return compose(text)
    try:
        root = yaml.compose(text, Loader=yaml.CBaseLoader)
    except yaml.YAMLError:
        return compose(text)
    return None if root is None else _resolved(root, YAML(typ="safe", pure=True).resolver)


def _resolved(node: Any, resolver: Any) -> Node:
    """Return a node of PyYAML as one of ruamel.yaml, a plain scalar with its tag of YAML 1.2."""
    begin, end = node.start_mark, node.end_mark
    if isinstance(node, yaml.ScalarNode):
        plain = not node.style
        tag = resolver.resolve(ScalarNode, node.value, (plain, not plain))
        return ScalarNode(tag, node.value, begin, end, style=node.style)
    if isinstance(node, yaml.SequenceNode):
        items = [_resolved(item, resolver) for item in node.value]
        return SequenceNode(node.tag, items, begin, end, flow_style=node.flow_style)
    pairs = [(_resolved(key, resolver), _resolved(value, resolver)) for key, value in node.value]
    return MappingNode(node.tag, pairs, begin, end, flow_style=node.flow_style)
