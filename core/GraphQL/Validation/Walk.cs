using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation;

/// <summary>Leads rules through a document, with the types that the schema has for its parts.</summary>
internal sealed class Walk(ValidationContext context, IReadOnlyList<Rule> rules)
{
    private readonly Schema _schema = context.Schema;

    /// <summary>Through the whole document, or until there are errors enough.</summary>
    public void Through(Document document)
    {
        foreach (var rule in rules)
            rule.Document(document);
        foreach (var definition in document.Definitions)
        {
            if (definition is OperationNode operation)
                Operation(operation);
            else if (definition is FragmentNode fragment)
                Fragment(fragment);
        }
        foreach (var rule in rules)
            rule.End();
    }

    private void Operation(OperationNode operation)
    {
        foreach (var rule in rules)
            rule.Operation(operation);
        foreach (var variable in operation.Variables)
            Variable(variable);
        var location = operation.Kind.ToString().ToUpperInvariant();
        Directives(operation.Directives, location);
        Selections(operation.Selections, operation.Kind == OperationKind.Query ? _schema.Query : null);
    }

    private void Variable(VariableNode variable)
    {
        foreach (var rule in rules)
            rule.Variable(variable);
        var type = variable.Type;
        while (type is not NamedTypeNode)
            type = type is ListTypeNode list ? list.Item : ((NonNullTypeNode)type).Inner;
        TypeName((NamedTypeNode)type);
        Directives(variable.Directives, "VARIABLE_DEFINITION");
    }

    private void Fragment(FragmentNode fragment)
    {
        foreach (var rule in rules)
            rule.Fragment(fragment);
        TypeName(fragment.Condition);
        Directives(fragment.Directives, "FRAGMENT_DEFINITION");
        Selections(fragment.Selections, context.Composite(fragment.Condition));
    }

    private void TypeName(NamedTypeNode name)
    {
        foreach (var rule in rules)
            rule.TypeName(name);
    }

    private void Selections(SelectionSetNode selections, NamedType? parent)
    {
        foreach (var selection in selections.Selections)
        {
            if (context.Done)
                return;
            switch (selection)
            {
                case FieldNode field:
                    Field(field, parent);
                    break;
                case InlineFragmentNode fragment:
                    foreach (var rule in rules)
                        rule.InlineFragment(fragment, parent);
                    if (fragment.Condition is not null)
                        TypeName(fragment.Condition);
                    Directives(fragment.Directives, "INLINE_FRAGMENT");
                    Selections(fragment.Selections, fragment.Condition is null ? parent : context.Composite(fragment.Condition));
                    break;
                case FragmentSpreadNode spread:
                    foreach (var rule in rules)
                        rule.Spread(spread, parent);
                    Directives(spread.Directives, "FRAGMENT_SPREAD");
                    break;
            }
        }
    }

    private void Field(FieldNode field, NamedType? parent)
    {
        var definition = parent is null ? null : Introspection.Find(_schema, parent, field.Name.Value);
        foreach (var rule in rules)
            rule.Field(field, parent, definition);
        Arguments(new(field, $"the field \"{parent?.Name}.{field.Name.Value}\"", field.Arguments, definition?.Arguments));
        Directives(field.Directives, "FIELD");
        if (field.Selections is not null)
            Selections(field.Selections, definition?.Type.Named is { } type && type.IsComposite() ? type : null);
    }

    private void Directives(IReadOnlyList<DirectiveNode> directives, string location)
    {
        foreach (var rule in rules)
            rule.Directives(directives, location);
        foreach (var directive in directives)
            Arguments(new(directive, $"the directive @{directive.Name.Value}", directive.Arguments, context.Directive(directive)?.Arguments));
    }

    private void Arguments(ArgumentsPlace place)
    {
        foreach (var rule in rules)
            rule.Arguments(place);
    }
}
