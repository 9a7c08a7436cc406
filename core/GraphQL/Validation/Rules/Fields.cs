using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation.Rules;

/// <summary>Fields are ones that their type has, and exactly those of objects and interfaces have selections (5.3.1, 5.3.3).</summary>
internal sealed class Fields(ValidationContext context) : Rule
{
    public override void Field(FieldNode field, NamedType? parent, FieldDefinition? definition)
    {
        var name = field.Name.Value;
        if (parent is not null && definition is null)
            context.Report("FieldsOnCorrectType", $"{parent.Name} has no field \"{name}\".{Meant(name, parent)}", field);
        if (definition is null)
            return;
        var leaf = !definition.Type.Named.IsComposite();
        if (leaf && field.Selections is not null)
            context.Report("ScalarLeafs", $"\"{name}\" is of type {definition.Type}, which has no fields to select.", field.Selections);
        else if (!leaf && field.Selections is null)
            context.Report("ScalarLeafs", $"\"{name}\" is of type {definition.Type}: say which of its fields, as in \"{name} {{ … }}\".", field);
    }

    private string Meant(string name, NamedType parent)
    {
        if (parent is InterfaceType i && i.Implementations.FirstOrDefault(o => o.Fields.Any(f => f.Name == name)) is { } holder)
            return $" {holder.Name} has it: spread a fragment on that.";
        return context.Suggest(name, parent.FieldsOf().Select(f => f.Name));
    }
}
