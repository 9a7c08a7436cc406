namespace QualityIngest.GraphQL.Catalogue;

/// <summary>The fields that queries start at. <c>node(id:)</c> is there as soon as a type has a node key.</summary>
public sealed class QueryBuilder
{
    internal QueryBuilder()
    {
    }

    internal List<object> Members { get; } = [];

    /// <summary>One row by its id: <c>book(id: ID!): Book</c>. The id is taken with its type, as <c>id</c> answers it, or bare.</summary>
    public void One(string name, string type, string description) => Members.Add(new RootOne(name, type, description));

    /// <summary>All rows in pages, filtered and ordered.</summary>
    public ManyBuilder Connection(string name, string type, string description)
    {
        var rows = new ManyBuilder(name, type, null, description, paged: true);
        Members.Add(rows);
        return rows;
    }

    /// <summary>Counts and figures over all rows, filtered and grouped, by the type's metrics and dimensions.</summary>
    public StatisticsBuilder Statistics(string name, string type, string description)
    {
        var statistics = new StatisticsBuilder(name, type, description);
        Members.Add(statistics);
        return statistics;
    }

    internal sealed record RootOne(string Name, string TypeName, string Description);
}

/// <summary>Declared statistics.</summary>
public sealed class StatisticsBuilder
{
    internal StatisticsBuilder(string name, string type, string description) => (Name, TypeName, Description) = (name, type, description);

    internal string Name { get; }

    internal string TypeName { get; }

    internal string Description { get; }

    internal int DefaultCount { get; private set; } = 100;

    internal int MaxCount { get; private set; } = 1_000;

    internal string? Requirement { get; private set; }

    /// <summary>An operation that selects the field has this word among what it requires.</summary>
    public StatisticsBuilder Requires(string word)
    {
        Requirement = word;
        return this;
    }

    /// <summary>How many groups are answered where none are asked for, and at most. Default 100 and 1,000.</summary>
    public StatisticsBuilder First(int byDefault, int atMost)
    {
        (DefaultCount, MaxCount) = (byDefault, atMost);
        return this;
    }
}
