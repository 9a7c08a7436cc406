using System.Text;

namespace QualityIngest.GraphQL.Catalogue;

/// <summary>How the words of documents follow from those of declarations.</summary>
internal static class Names
{
    /// <summary><c>partially_ingested</c> → <c>PARTIALLY_INGESTED</c>, <c>quality-csv</c> → <c>QUALITY_CSV</c>.</summary>
    public static string Word(string stored) => stored.Replace('-', '_').ToUpperInvariant();

    /// <summary><c>startedAt</c> → <c>STARTED_AT</c>.</summary>
    public static string Constant(string field)
    {
        var text = new StringBuilder();
        foreach (var letter in field)
        {
            if (char.IsUpper(letter) && text.Length > 0)
                text.Append('_');
            text.Append(char.ToUpperInvariant(letter));
        }
        return text.ToString();
    }

    /// <summary><c>queue</c> → <c>Queue</c>.</summary>
    public static string Upper(string field) => char.ToUpperInvariant(field[0]) + field[1..];
}
