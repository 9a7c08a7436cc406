using QualityIngest.GraphQL.Catalogue;

namespace QualityIngest.GraphQL.Planning;

/// <summary>A row that SQL speaks of by an alias, and the columns of it that were spoken of, so that whoever reads the rows reads these.</summary>
internal sealed class RowScope(string alias, TableSource table)
{
    private readonly OrderedDictionary<string, bool> _columns = new(StringComparer.Ordinal);

    /// <summary>The alias.</summary>
    public string Alias => alias;

    /// <summary>What the row is of.</summary>
    public TableSource Table => table;

    /// <summary>The columns that were spoken of, in the order of first mention.</summary>
    public IReadOnlyList<string> Columns => _columns.Keys;

    /// <summary>The row's key, of one column.</summary>
    public string Key => Column(table.Keys[0].Column);

    /// <summary>A column.</summary>
    public string Column(string name)
    {
        _columns.TryAdd(name, true);
        return $"{alias}.{name}";
    }

    /// <summary>An expression over the row, which may stand wherever a column may.</summary>
    public string Sql(SqlText text)
    {
        var sql = text.Fill(Column);
        return text.Column is null ? $"({sql})" : sql;
    }

    /// <summary>The select list that has the columns.</summary>
    public string SelectList() => _columns.Count == 0 ? "1" : string.Join(", ", _columns.Keys.Select(c => $"{alias}.{c}"));
}
