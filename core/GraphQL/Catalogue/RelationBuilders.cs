using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>A declared relation to one row.</summary>
public sealed class OneBuilder
{
    internal OneBuilder(string name, string type, string on, string description) =>
        (Name, TypeName, On, Description) = (name, type, SqlText.Of(on), description);

    internal string Name { get; }

    internal string TypeName { get; }

    internal SqlText On { get; }

    internal string Description { get; }

    internal bool IsNotNull { get; private set; }

    internal bool IsDimension { get; private set; }

    internal IReadOnlyList<string> FilterFields { get; private set; } = [];

    internal string? Deprecation { get; private set; }

    internal string? Requirement { get; private set; }

    /// <summary>The row always exists and is always visible: a foreign key on a NOT NULL column to a table that hides nothing.</summary>
    public OneBuilder NotNull() => Set(() => IsNotNull = true);

    /// <summary>Lists can be filtered by fields of the other row, which are filterable there. Only where the relation is by column.</summary>
    /// <param name="fields">Names of fields of the other type.</param>
    public OneBuilder FilterBy(params string[] fields) => Set(() => FilterFields = fields);

    /// <summary>Statistics can be grouped by the other row. Only where the relation is by column.</summary>
    public OneBuilder Dimension() => Set(() => IsDimension = true);

    /// <summary>The field is to be used no more; the reason says what to use.</summary>
    public OneBuilder Deprecated(string reason) => Set(() => Deprecation = reason);

    /// <summary>An operation that selects or filters by the field has this word among what it requires.</summary>
    public OneBuilder Requires(string word) => Set(() => Requirement = word);

    private OneBuilder Set(Action change)
    {
        change();
        return this;
    }
}

/// <summary>A declared relation to many rows.</summary>
public sealed class ManyBuilder
{
    internal ManyBuilder(string name, string type, string? on, string description, bool paged) =>
        (Name, TypeName, On, Description, Paged) = (name, type, on is null ? null : SqlText.Of(on), description, paged);

    internal string Name { get; }

    internal string TypeName { get; }

    internal SqlText? On { get; }

    internal string Description { get; }

    internal bool Paged { get; }

    internal SqlText? Rows { get; private set; }

    internal bool IsFiltered { get; private set; } = true;

    internal int DefaultCount { get; private set; } = 50;

    internal int MaxCount { get; private set; } = 100;

    internal List<SearchBuilder> Conditions { get; } = [];

    internal string? Deprecation { get; private set; }

    internal string? Requirement { get; private set; }

    /// <summary>
    /// The rows come from this expression over the row they belong to, <c>{p}</c>, and not from the table that the type names:
    /// <c>(select … from json_to_recordset({p}.lines) …)</c>. It has the columns that the type's fields speak of.
    /// </summary>
    public ManyBuilder From(string rows) => Set(() => Rows = SqlText.Of(rows));

    /// <summary>How many rows a page has where none are asked for, and at most. Default 50 and 100.</summary>
    public ManyBuilder First(int byDefault, int atMost) => Set(() => (DefaultCount, MaxCount) = (byDefault, atMost));

    /// <summary>The field takes neither <c>filter</c> nor <c>orderBy</c>.</summary>
    public ManyBuilder Plain() => Set(() => IsFiltered = false);

    /// <summary>An argument of its own that narrows the rows: <c>{t}.role = {value}</c>.</summary>
    /// <inheritdoc cref="TableBuilder.Search"/>
    public ManyBuilder Argument(string name, NamedType type, string condition, string description) =>
        Set(() => Conditions.Add(new SearchBuilder(name, type, condition, description)));

    /// <summary>The field is to be used no more; the reason says what to use.</summary>
    public ManyBuilder Deprecated(string reason) => Set(() => Deprecation = reason);

    /// <summary>An operation that selects the field has this word among what it requires.</summary>
    public ManyBuilder Requires(string word) => Set(() => Requirement = word);

    private ManyBuilder Set(Action change)
    {
        change();
        return this;
    }
}

/// <summary>A declared condition with a value.</summary>
public sealed class SearchBuilder
{
    internal SearchBuilder(string name, NamedType type, string condition, string description) =>
        (Name, Type, Condition, Description) = (name, type, SqlText.Of(condition), description);

    internal string Name { get; }

    internal NamedType Type { get; }

    internal SqlText Condition { get; }

    internal string Description { get; }

    internal string? Deprecation { get; private set; }

    internal string? Requirement { get; private set; }

    /// <summary>An operation that gives the value has this word among what it requires.</summary>
    public SearchBuilder Requires(string word)
    {
        Requirement = word;
        return this;
    }

    /// <summary>It is to be used no more; the reason says what to use.</summary>
    public SearchBuilder Deprecated(string reason)
    {
        Deprecation = reason;
        return this;
    }
}
