using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>Declares what there is to ask for: enums, tables and the fields that queries start at.</summary>
public sealed class CatalogueBuilder
{
    private readonly HashSet<string> _enums = new(StringComparer.Ordinal);

    internal CatalogueBuilder()
    {
    }

    internal OrderedDictionary<string, TableBuilder> Tables { get; } = new(StringComparer.Ordinal);

    /// <summary>The fields that queries start at.</summary>
    public QueryBuilder Query { get; } = new();

    /// <summary>
    /// A closed set of words. Documents have them in upper case (<c>partially_ingested</c> is <c>PARTIALLY_INGESTED</c>); a check
    /// of the table keeps other words out.
    /// </summary>
    public EnumType Enum(string name, string description, params (string Stored, string Description)[] words) =>
        _enums.Add(name)
            ? new(name, description, [.. words.Select(w => new EnumMember(Names.Word(w.Stored), w.Description, w.Stored))])
            : throw new ArgumentException($"The enum {name} is declared twice.", nameof(name));

    /// <summary>An object type whose objects are rows.</summary>
    /// <param name="name">The type.</param>
    /// <param name="description">What its objects are.</param>
    /// <param name="from">A table or view with its schema, or a subquery in parentheses.</param>
    /// <param name="declare">Its key, fields and relations.</param>
    public void Table(string name, string description, string from, Action<TableBuilder> declare)
    {
        var table = new TableBuilder(this, name, description, from);
        if (!Tables.TryAdd(name, table))
            throw new ArgumentException($"The type {name} is declared twice.", nameof(name));
        declare(table);
    }
}
