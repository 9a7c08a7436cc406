namespace QualityIngest.GraphQL.Language;

/// <summary>A place in a document.</summary>
/// <param name="Line">From 1; line ends are LF, CR and CR LF.</param>
/// <param name="Column">From 1, in UTF-16 units.</param>
public readonly record struct Location(int Line, int Column);

/// <summary>A part of a parsed document.</summary>
/// <param name="At">Where it begins.</param>
public abstract record Node(Location At);

/// <summary>A name as it stands somewhere.</summary>
public sealed record NameNode(Location At, string Value) : Node(At);

/// <summary>A whole document: operations and fragments, in their order.</summary>
public sealed record Document(Location At, IReadOnlyList<DefinitionNode> Definitions) : Node(At)
{
    /// <summary>The operations, in their order.</summary>
    public IEnumerable<OperationNode> Operations => Definitions.OfType<OperationNode>();

    /// <summary>The fragments, in their order.</summary>
    public IEnumerable<FragmentNode> Fragments => Definitions.OfType<FragmentNode>();
}

/// <summary>A definition of a document.</summary>
public abstract record DefinitionNode(Location At) : Node(At);

/// <summary>What an operation does.</summary>
public enum OperationKind
{
    /// <summary>Reads.</summary>
    Query,

    /// <summary>Writes.</summary>
    Mutation,

    /// <summary>Listens.</summary>
    Subscription,
}

/// <summary>An operation; the short form is a query without a name.</summary>
public sealed record OperationNode(
    Location At, OperationKind Kind, NameNode? Name, IReadOnlyList<VariableNode> Variables, IReadOnlyList<DirectiveNode> Directives,
    SelectionSetNode Selections) : DefinitionNode(At);

/// <summary>A fragment.</summary>
public sealed record FragmentNode(
    Location At, NameNode Name, NamedTypeNode Condition, IReadOnlyList<DirectiveNode> Directives, SelectionSetNode Selections) : DefinitionNode(At);

/// <summary>The definition of a variable of an operation.</summary>
public sealed record VariableNode(
    Location At, VariableReference Variable, TypeNode Type, ValueNode? Default, IReadOnlyList<DirectiveNode> Directives) : Node(At);

/// <summary>What is selected of one object; never empty.</summary>
public sealed record SelectionSetNode(Location At, IReadOnlyList<SelectionNode> Selections) : Node(At);

/// <summary>One selection.</summary>
public abstract record SelectionNode(Location At, IReadOnlyList<DirectiveNode> Directives) : Node(At);

/// <summary>A field, under its own name or an alias.</summary>
public sealed record FieldNode(
    Location At, NameNode? Alias, NameNode Name, IReadOnlyList<ArgumentNode> Arguments, IReadOnlyList<DirectiveNode> Directives,
    SelectionSetNode? Selections) : SelectionNode(At, Directives)
{
    /// <summary>The key that the response has it under.</summary>
    public string ResponseKey => (Alias ?? Name).Value;
}

/// <summary>The selections of a fragment, by its name.</summary>
public sealed record FragmentSpreadNode(Location At, NameNode Name, IReadOnlyList<DirectiveNode> Directives) : SelectionNode(At, Directives);

/// <summary>Selections for one type, or, without a condition, for all.</summary>
public sealed record InlineFragmentNode(
    Location At, NamedTypeNode? Condition, IReadOnlyList<DirectiveNode> Directives, SelectionSetNode Selections) : SelectionNode(At, Directives);

/// <summary>An argument of a field or directive.</summary>
public sealed record ArgumentNode(Location At, NameNode Name, ValueNode Value) : Node(At);

/// <summary>A directive.</summary>
public sealed record DirectiveNode(Location At, NameNode Name, IReadOnlyList<ArgumentNode> Arguments) : Node(At);

/// <summary>A value as written.</summary>
public abstract record ValueNode(Location At) : Node(At);

/// <summary>A variable, by its name without the dollar sign.</summary>
public sealed record VariableReference(Location At, NameNode Name) : ValueNode(At);

/// <summary>A whole number as written.</summary>
public sealed record IntValue(Location At, string Text) : ValueNode(At);

/// <summary>A number with a fraction or an exponent as written.</summary>
public sealed record FloatValue(Location At, string Text) : ValueNode(At);

/// <summary>A text, its escapes and the indent of a block resolved.</summary>
public sealed record StringValue(Location At, string Text, bool Block) : ValueNode(At);

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed record BooleanValue(Location At, bool Value) : ValueNode(At);

/// <summary><c>null</c>.</summary>
public sealed record NullValue(Location At) : ValueNode(At);

/// <summary>A bare word.</summary>
public sealed record EnumValue(Location At, string Name) : ValueNode(At);

/// <summary>A list.</summary>
public sealed record ListValue(Location At, IReadOnlyList<ValueNode> Items) : ValueNode(At);

/// <summary>An input object.</summary>
public sealed record ObjectValue(Location At, IReadOnlyList<ObjectFieldNode> Fields) : ValueNode(At);

/// <summary>A member of an input object.</summary>
public sealed record ObjectFieldNode(Location At, NameNode Name, ValueNode Value) : Node(At);

/// <summary>A type as written.</summary>
public abstract record TypeNode(Location At) : Node(At);

/// <summary>A type by its name.</summary>
public sealed record NamedTypeNode(Location At, NameNode Name) : TypeNode(At);

/// <summary>A list of a type.</summary>
public sealed record ListTypeNode(Location At, TypeNode Item) : TypeNode(At);

/// <summary>A type that is never null.</summary>
public sealed record NonNullTypeNode(Location At, TypeNode Inner) : TypeNode(At);
