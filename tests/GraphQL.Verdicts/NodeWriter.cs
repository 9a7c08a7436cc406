using System.Text.Json;
using QualityIngest.GraphQL.Language;

namespace QualityIngest.GraphQL.Verdicts;

/// <summary>Writes nodes as the reference implementation names them and their parts; what is absent is left out.</summary>
internal static class NodeWriter
{
    public static void Write(Utf8JsonWriter writer, Node node)
    {
        writer.WriteStartObject();
        writer.WriteString("kind", Kind(node));
        writer.WriteString("at", $"{node.At.Line}:{node.At.Column}");
        foreach (var (name, part) in Parts(node))
        {
            if (part is null)
                continue;
            writer.WritePropertyName(name);
            Part(writer, part);
        }
        writer.WriteEndObject();
    }

    private static void Part(Utf8JsonWriter writer, object part)
    {
        switch (part)
        {
            case Node node:
                Write(writer, node);
                break;
            case IEnumerable<Node> nodes:
                writer.WriteStartArray();
                foreach (var node in nodes)
                    Write(writer, node);
                writer.WriteEndArray();
                break;
            case bool value:
                writer.WriteBooleanValue(value);
                break;
            default:
                writer.WriteStringValue((string)part);
                break;
        }
    }

    private static string Kind(Node node) => node switch
    {
        OperationNode => "OperationDefinition",
        FragmentNode => "FragmentDefinition",
        VariableNode => "VariableDefinition",
        VariableReference => "Variable",
        var other => other.GetType().Name.Replace("Node", "", StringComparison.Ordinal),
    };

    private static (string Name, object? Part)[] Parts(Node node) => node switch
    {
        Document document => [("definitions", document.Definitions)],
        OperationNode operation =>
        [
            ("operation", operation.Kind switch
            {
                OperationKind.Query => "query",
                OperationKind.Mutation => "mutation",
                _ => "subscription",
            }),
            ("name", operation.Name),
            ("variableDefinitions", operation.Variables),
            ("directives", operation.Directives),
            ("selectionSet", operation.Selections),
        ],
        FragmentNode fragment =>
            [("name", fragment.Name), ("typeCondition", fragment.Condition), ("directives", fragment.Directives), ("selectionSet", fragment.Selections)],
        VariableNode variable =>
            [("variable", variable.Variable), ("type", variable.Type), ("defaultValue", variable.Default), ("directives", variable.Directives)],
        SelectionSetNode set => [("selections", set.Selections)],
        FieldNode field =>
        [
            ("alias", field.Alias), ("name", field.Name), ("arguments", field.Arguments), ("directives", field.Directives),
            ("selectionSet", field.Selections),
        ],
        FragmentSpreadNode spread => [("name", spread.Name), ("directives", spread.Directives)],
        InlineFragmentNode inline => [("typeCondition", inline.Condition), ("directives", inline.Directives), ("selectionSet", inline.Selections)],
        ArgumentNode argument => [("name", argument.Name), ("value", argument.Value)],
        DirectiveNode directive => [("name", directive.Name), ("arguments", directive.Arguments)],
        ObjectFieldNode member => [("name", member.Name), ("value", member.Value)],
        NamedTypeNode named => [("name", named.Name)],
        ListTypeNode list => [("type", list.Item)],
        NonNullTypeNode nonNull => [("type", nonNull.Inner)],
        NameNode name => [("value", name.Value)],
        _ => Values((ValueNode)node),
    };

    private static (string Name, object? Part)[] Values(ValueNode node) => node switch
    {
        VariableReference variable => [("name", variable.Name)],
        IntValue number => [("value", number.Text)],
        FloatValue number => [("value", number.Text)],
        StringValue text => [("value", text.Text), ("block", text.Block)],
        BooleanValue boolean => [("value", boolean.Value)],
        EnumValue word => [("value", word.Name)],
        ListValue list => [("values", list.Items)],
        ObjectValue members => [("fields", members.Fields)],
        _ => [],
    };
}
