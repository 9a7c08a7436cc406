using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>An object type whose objects are rows: its fields, its relations, and how its lists are filtered and ordered.</summary>
public sealed class TableBuilder : RowBuilder
{
    internal TableBuilder(CatalogueBuilder catalogue, string name, string description, string from) : base(catalogue) =>
        (Name, Description, From) = (name, description, SqlText.Of(from));

    internal string Name { get; }

    internal string Description { get; }

    internal SqlText From { get; }

    internal SqlText? Condition { get; private set; }

    internal List<KeyColumn> Keys { get; } = [];

    internal bool IsNode { get; private set; }

    internal List<SearchBuilder> Searches { get; } = [];

    internal string? InitialOrder { get; private set; }

    /// <summary>Rows of which this does not hold are not there: <c>{t}.status &lt;&gt; 'erased'</c>.</summary>
    public TableBuilder Where(string condition)
    {
        Condition = SqlText.Of(condition);
        return this;
    }

    /// <summary>
    /// An operation that reaches one row of the table, by its id or from another, or selects or filters by any field that is
    /// declared after this has this word among what it requires.
    /// </summary>
    public TableBuilder Requires(string word)
    {
        Requirement = word;
        return this;
    }

    /// <summary>
    /// The key that alone tells a row from all others. The type becomes a <c>Node</c>: it has a field <c>id: ID!</c>, unique among
    /// all types, and <c>node(id:)</c> finds it.
    /// </summary>
    /// <param name="column">A NOT NULL column under a unique index.</param>
    /// <param name="kind">Uuid, Long or String.</param>
    public TableBuilder NodeKey(string column, ScalarKind kind = ScalarKind.Uuid)
    {
        Key(column, kind);
        IsNode = true;
        return this;
    }

    /// <summary>A column of the key by which what is equal is ordered; several calls make a key of several columns.</summary>
    /// <param name="column">A NOT NULL column.</param>
    /// <param name="kind">What the column holds: Uuid, Long, Int, String or DateTime.</param>
    public TableBuilder Key(string column, ScalarKind kind)
    {
        Keys.Add(new(column, kind));
        return this;
    }

    /// <summary>The order of lists that ask for none: <c>STARTED_AT_DESC</c>. Without it: by the key.</summary>
    public TableBuilder DefaultOrder(string order)
    {
        InitialOrder = order;
        return this;
    }

    /// <summary>A condition with a name and a value, as a member of the filter: <c>{t}.id in (select find({value}))</c>.</summary>
    /// <param name="name">The member.</param>
    /// <param name="type">The value's type: a scalar or an enum.</param>
    /// <param name="condition">Never null, nor failing, whatever the value.</param>
    /// <param name="description">What it finds.</param>
    public SearchBuilder Search(string name, NamedType type, string condition, string description)
    {
        var search = new SearchBuilder(name, type, condition, description);
        Searches.Add(search);
        return search;
    }

    /// <summary>The one row of another table that this row refers to, or null.</summary>
    /// <param name="name">The field.</param>
    /// <param name="type">The other table's type.</param>
    /// <param name="on">The column here that holds the other's key, or a condition over <c>{p}</c>, this row, and <c>{t}</c>, the other.</param>
    /// <param name="description">What it is to this row.</param>
    public OneBuilder One(string name, string type, string on, string description) => Add(new OneBuilder(name, type, on, description));

    /// <summary>Rows of another table as a plain list, bounded by <c>first</c>.</summary>
    /// <param name="name">The field.</param>
    /// <param name="type">The other table's type.</param>
    /// <param name="on">
    /// The column there that holds this row's key, or a condition over <c>{p}</c>, this row, and <c>{t}</c>, the other; null:
    /// <see cref="ManyBuilder.From"/> says it all.
    /// </param>
    /// <param name="description">What they are to this row.</param>
    public ManyBuilder Many(string name, string type, string? on, string description) => Add(new ManyBuilder(name, type, on, description, paged: false));

    /// <summary>Rows of another table in pages.</summary>
    /// <inheritdoc cref="Many"/>
    public ManyBuilder Connection(string name, string type, string? on, string description) => Add(new ManyBuilder(name, type, on, description, paged: true));
}

/// <summary>A column of a key.</summary>
internal sealed record KeyColumn(string Column, ScalarKind Kind);
