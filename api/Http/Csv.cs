using System.Buffers;
using System.Globalization;
using System.Text;

namespace QualityIngest.Api.Http;

/// <summary>
/// Streams rows as CSV (RFC 4180, UTF-8). A text that a spreadsheet would take for a formula is led by an apostrophe.
/// </summary>
public sealed class Csv(IReadOnlyList<string> header, IAsyncEnumerable<IReadOnlyList<object?>> rows, string fileName) : IResult
{
    /// <summary>The media type.</summary>
    public const string MediaType = "text/csv";

    private const int FlushAt = 32 * 1024;

    private static readonly SearchValues<char> Quoted = SearchValues.Create(",\"\r\n");
    private static readonly SearchValues<char> FormulaStart = SearchValues.Create("=+-@\t\r");

    /// <inheritdoc/>
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = $"{MediaType}; charset=utf-8";
        response.Headers.CacheControl = "no-store";
        response.Headers.ContentDisposition = $"attachment; filename=\"{fileName}\"";

        var text = new StringBuilder();
        Append(text, header);
        await foreach (var row in rows.WithCancellation(httpContext.RequestAborted))
        {
            Append(text, row);
            if (text.Length < FlushAt)
                continue;
            await response.WriteAsync(text.ToString(), httpContext.RequestAborted);
            text.Clear();
        }

        await response.WriteAsync(text.ToString(), httpContext.RequestAborted);
    }

    private static void Append(StringBuilder text, IReadOnlyList<object?> row)
    {
        for (var i = 0; i < row.Count; i++)
        {
            if (i > 0)
                text.Append(',');
            Append(text, row[i]);
        }

        text.Append("\r\n");
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                return;
            case string words:
                var safe = words.Length > 0 && FormulaStart.Contains(words[0]) ? "'" + words : words;
                if (safe.AsSpan().ContainsAny(Quoted))
                    text.Append('"').Append(safe.Replace("\"", "\"\"", StringComparison.Ordinal)).Append('"');
                else
                    text.Append(safe);
                return;
            case DateTimeOffset time:
                text.Append(time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
                return;
            case bool truth:
                text.Append(truth ? "true" : "false");
                return;
            case IFormattable number:
                text.Append(number.ToString(null, CultureInfo.InvariantCulture));
                return;
            default:
                throw new NotSupportedException($"CSV has no form for {value.GetType().Name}.");
        }
    }
}
