using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation;

/// <summary>A field where it is selected.</summary>
/// <param name="Id">The same for the same node.</param>
/// <param name="Node">The node.</param>
/// <param name="Parent">The type that it is selected of; null: not known.</param>
/// <param name="Definition">The field; null: not known, or one that every type has.</param>
internal sealed record SelectedField(int Id, FieldNode Node, NamedType? Parent, FieldDefinition? Definition)
{
    private string? _arguments;

    /// <summary>The arguments in a form that is equal exactly where they are: in order of their names.</summary>
    public string Arguments => _arguments ??= ArgumentText.Of(Node.Arguments);
}
