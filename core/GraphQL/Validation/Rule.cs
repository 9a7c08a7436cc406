using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation;

/// <summary>
/// A rule, or a few that belong together. It is told of each part of the document once, from the outside in, by
/// <see cref="Walk"/>; types are null where the document names none that the schema knows.
/// </summary>
internal abstract class Rule
{
    /// <summary>The document begins.</summary>
    public virtual void Document(Document document) { }

    /// <summary>An operation begins.</summary>
    public virtual void Operation(OperationNode operation) { }

    /// <summary>A variable is defined.</summary>
    public virtual void Variable(VariableNode variable) { }

    /// <summary>A fragment begins.</summary>
    public virtual void Fragment(FragmentNode fragment) { }

    /// <summary>A type is named, in a condition or by a variable.</summary>
    public virtual void TypeName(NamedTypeNode name) { }

    /// <summary>A field is selected.</summary>
    public virtual void Field(FieldNode field, NamedType? parent, FieldDefinition? definition) { }

    /// <summary>An inline fragment stands in the fields of a type.</summary>
    public virtual void InlineFragment(InlineFragmentNode fragment, NamedType? parent) { }

    /// <summary>A fragment is spread in the fields of a type.</summary>
    public virtual void Spread(FragmentSpreadNode spread, NamedType? parent) { }

    /// <summary>Directives stand somewhere; the list may be empty.</summary>
    public virtual void Directives(IReadOnlyList<DirectiveNode> directives, string location) { }

    /// <summary>Arguments are given to a field or directive; the list may be empty.</summary>
    public virtual void Arguments(ArgumentsPlace place) { }

    /// <summary>The document ends.</summary>
    public virtual void End() { }
}

/// <summary>Arguments where they stand.</summary>
/// <param name="Owner">The field or directive.</param>
/// <param name="OwnerName">What to call it.</param>
/// <param name="Given">The arguments as written.</param>
/// <param name="Known">The arguments that there are; null: the field or directive is not known.</param>
internal readonly record struct ArgumentsPlace(
    Node Owner, string OwnerName, IReadOnlyList<ArgumentNode> Given, IReadOnlyList<InputDefinition>? Known)
{
    /// <summary>The definition of an argument; null: it is not known.</summary>
    public InputDefinition? Find(string name) => Known?.FirstOrDefault(a => a.Name == name);
}
