using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;

namespace QualityIngest.Benchmarks.Reads;

/// <summary>A list that is paged, and how it is filtered.</summary>
/// <param name="Path">Its path, and its filters as a query.</param>
internal sealed record PagedList(string Path)
{
    private const int Items = 50;

    /// <summary>The first page.</summary>
    public string First => $"{Path}{Separator}limit={Items}";

    private char Separator => Path.Contains('?', StringComparison.Ordinal) ? '&' : '?';

    /// <summary>A page behind others, whose cursor is found by walking there, in larger steps where they fit.</summary>
    /// <exception cref="InvalidOperationException">The list ends before it.</exception>
    public async Task<string> Page(HttpClient client, int number, CancellationToken cancel)
    {
        var ahead = (number - 1) * Items;
        string? cursor = null;
        while (ahead > 0)
        {
            var step = Math.Min(ahead, 2 * Items);
            using var answer = await client.GetAsync(At(step, cursor), cancel);
            var page = await answer.Content.ReadFromJsonAsync<JsonElement>(cancel);
            if (!answer.IsSuccessStatusCode)
                throw new InvalidOperationException($"{Path}: {page}");
            cursor = page.GetProperty("nextCursor").GetString() ?? throw new InvalidOperationException($"{Path} has no page {number}.");
            ahead -= step;
        }
        return At(Items, cursor);
    }

    private string At(int limit, string? cursor) =>
        string.Create(CultureInfo.InvariantCulture, $"{Path}{Separator}limit={limit}{(cursor is null ? "" : "&cursor=" + cursor)}");
}
