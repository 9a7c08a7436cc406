using System.Diagnostics.CodeAnalysis;

namespace QualityIngest.GraphQL.Types;

/// <summary>A type that has a name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it is, in Markdown.</param>
public abstract record NamedType(string Name, string Description)
{
    /// <summary>The name alone: types refer to each other in circles.</summary>
    public sealed override string ToString() => Name;
}

/// <summary>A type that values of results or inputs can be: a named one, a list, or either never null.</summary>
public abstract record TypeReference
{
    /// <summary>The named type within all lists and non-nulls.</summary>
    public abstract NamedType Named { get; }
}

/// <summary>A named type, where null is possible.</summary>
public sealed record NamedReference(NamedType Type) : TypeReference
{
    /// <inheritdoc/>
    public override NamedType Named => Type;

    /// <inheritdoc/>
    public override string ToString() => Type.Name;
}

/// <summary>A list.</summary>
public sealed record ListReference(TypeReference Item) : TypeReference
{
    /// <inheritdoc/>
    public override NamedType Named => Item.Named;

    /// <inheritdoc/>
    public override string ToString() => $"[{Item}]";
}

/// <summary>Never null.</summary>
public sealed record NonNullReference(TypeReference Inner) : TypeReference
{
    /// <inheritdoc/>
    public override NamedType Named => Inner.Named;

    /// <inheritdoc/>
    public override string ToString() => $"{Inner}!";
}

/// <summary>A leaf whose values the room knows how to read and write.</summary>
/// <param name="Kind">What its values are in variables, literals, SQL and results.</param>
/// <param name="SpecifiedBy">Where its form is specified; null: by the language itself or the description.</param>
public sealed record ScalarType(string Name, string Description, ScalarKind Kind, string? SpecifiedBy = null) : NamedType(Name, Description);

/// <summary>The leaves that there are.</summary>
public enum ScalarKind
{
    /// <summary>32 bits.</summary>
    Int,

    /// <summary>64 bits, a JSON number.</summary>
    Long,

    /// <summary>A double, never NaN or infinite.</summary>
    Float,

    /// <summary>A text without NUL.</summary>
    String,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>An opaque text; whole numbers are taken as their digits.</summary>
    Id,

    /// <summary>A UUID in its canonical form.</summary>
    Uuid,

    /// <summary>A decimal number as a text, so that no digit is lost; numbers are taken too.</summary>
    Decimal,

    /// <summary>ISO 8601 with a zone; answered in UTC to the microsecond.</summary>
    DateTime,

    /// <summary><c>YYYY-MM-DD</c>.</summary>
    Date,

    /// <summary>Any JSON; only in results.</summary>
    Json,
}

/// <summary>A closed set of words.</summary>
public sealed record EnumType(string Name, string Description, IReadOnlyList<EnumMember> Members) : NamedType(Name, Description);

/// <summary>A word of an enum.</summary>
/// <param name="Name">As documents have it.</param>
/// <param name="Stored">As SQL has it.</param>
public sealed record EnumMember(string Name, string Description, string Stored, string? Deprecation = null);

/// <summary>An object with fields.</summary>
public sealed record ObjectType(string Name, string Description) : NamedType(Name, Description)
{
    /// <summary>The fields in their order. Set once, after the types that they refer to are made.</summary>
    public IReadOnlyList<FieldDefinition> Fields { get; set; } = [];

    /// <summary>The interfaces that it implements.</summary>
    public IReadOnlyList<InterfaceType> Interfaces { get; set; } = [];

    /// <summary>By name, for types refer to each other in circles.</summary>
    public bool Equals(ObjectType? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);
}

/// <summary>Fields that several objects have.</summary>
public sealed record InterfaceType(string Name, string Description) : NamedType(Name, Description)
{
    /// <summary>The fields in their order.</summary>
    public IReadOnlyList<FieldDefinition> Fields { get; set; } = [];

    /// <summary>The objects that implement it.</summary>
    public IReadOnlyList<ObjectType> Implementations { get; set; } = [];

    /// <summary>By name, for types refer to each other in circles.</summary>
    public bool Equals(InterfaceType? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);
}

/// <summary>An object as input.</summary>
public sealed record InputType(string Name, string Description) : NamedType(Name, Description)
{
    /// <summary>The members in their order.</summary>
    public IReadOnlyList<InputDefinition> Fields { get; set; } = [];

    /// <summary>By name, for filters refer to themselves.</summary>
    public bool Equals(InputType? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.Ordinal.GetHashCode(Name);
}

/// <summary>A field of an object or interface.</summary>
/// <param name="Source">What the planner makes of it; opaque to everything else.</param>
public sealed record FieldDefinition(
    string Name, string Description, TypeReference Type, IReadOnlyList<InputDefinition> Arguments, object? Source = null, string? Deprecation = null);

/// <summary>An argument, or a member of an input object.</summary>
/// <param name="Default">As a literal of the language; null: none.</param>
/// <param name="Source">What the planner makes of it; opaque to everything else.</param>
public sealed record InputDefinition(
    string Name, string Description, TypeReference Type, Language.ValueNode? Default = null, object? Source = null, string? Deprecation = null);

/// <summary>A directive that documents may use.</summary>
public sealed record DirectiveDefinition(
    string Name, string Description, IReadOnlyList<InputDefinition> Arguments, IReadOnlyList<string> Locations, bool Repeatable = false);

/// <summary>All types that a document can speak of.</summary>
public sealed class Schema
{
    private readonly OrderedDictionary<string, NamedType> _types;

    /// <summary>
    /// Collects the types that are reachable from the query type, and those given: these first, in their order.
    /// The language's own directives and the types of introspection belong to every schema.
    /// </summary>
    public Schema(ObjectType query, IEnumerable<NamedType> types, IReadOnlyList<DirectiveDefinition> directives, string? description = null)
    {
        Query = query;
        Directives = [.. directives.Concat(SpecifiedDirectives.All).DistinctBy(d => d.Name)];
        Description = description;
        _types = Reachable.From([query, .. types], Directives);
    }

    /// <summary>The type that queries start at.</summary>
    public ObjectType Query { get; }

    /// <summary>The directives that documents may use.</summary>
    public IReadOnlyList<DirectiveDefinition> Directives { get; }

    /// <summary>What the schema is about.</summary>
    public string? Description { get; }

    /// <summary>All types, by name.</summary>
    public IReadOnlyDictionary<string, NamedType> Types => _types;

    /// <summary>The type of a name.</summary>
    public bool TryFind(string name, [NotNullWhen(true)] out NamedType? type) => _types.TryGetValue(name, out type);
}
