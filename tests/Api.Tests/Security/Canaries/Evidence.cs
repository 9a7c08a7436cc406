using System.Collections.Concurrent;
using System.Diagnostics;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Security.Canaries;

/// <summary>All that a running API lets out: its answers, its log, its traces and its database.</summary>
public sealed class Evidence : IDisposable
{
    private readonly ActivityListener _listener;

    /// <summary>Begins to collect the process's traces.</summary>
    public Evidence()
    {
        _listener = new()
        {
            ShouldListenTo = _ => true,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                if (!IsTheTests(activity))
                    Traces.Enqueue(Told(activity));
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>Where the API listens.</summary>
    public int Port { get; set; }

    /// <summary>Every answer: the call, its status, its headers and its body.</summary>
    public ConcurrentQueue<string> Answers { get; } = new();

    /// <summary>Everything that was logged, with its scopes.</summary>
    public ConcurrentQueue<string> Lines { get; } = new();

    /// <summary>Every span of a trace that ended.</summary>
    public ConcurrentQueue<string> Traces { get; } = new();

    /// <summary>Where secrets were found, with what is around the first of them.</summary>
    public async Task<IReadOnlyList<string>> Of(TestDatabase database, IReadOnlyList<Planted> secrets)
    {
        var texts = new List<(string Where, string Text)>();
        texts.AddRange(Answers.Select(answer => ("answer " + answer[..Math.Min(60, answer.Length)], answer)));
        texts.AddRange(Lines.Select(line => ("log", line)));
        texts.AddRange(Traces.Select(trace => ("trace", trace)));
        texts.AddRange(await Dump(database));
        Assert.True(texts.Count > 100, "There is little to look at.");
        var all = string.Join('\n', texts.Select(text => text.Text));
        return [.. from secret in secrets.Where(secret => secret.IsIn(all)) from text in texts where secret.IsIn(text.Text) select $"{secret.What} in {text.Where}: {Around(text.Text, secret)}"];
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    /// <summary>Every row of every table as text, which has bytes in hexadecimal.</summary>
    private static async Task<List<(string, string)>> Dump(TestDatabase database)
    {
        await using var connection = await database.Source.OpenConnectionAsync();
        var rows = new List<(string, string)>();
        foreach (var table in await Fingerprint.Tables(connection))
        {
            await using var command = new Npgsql.NpgsqlCommand($"select t::text from {table} t", connection);
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
                rows.Add(("table " + table, reader.GetString(0)));
        }

        return rows;
    }

    /// <summary>Whether it is of a call that the test makes of the API, in the same process.</summary>
    private bool IsTheTests(Activity activity) =>
        activity.Kind == ActivityKind.Client && activity.GetTagItem("server.port") is int port && port == Port;

    private static string Told(Activity activity)
    {
        var tags = activity.TagObjects.Concat(activity.Events.SelectMany(e => e.Tags)).Select(tag => $"{tag.Key}={tag.Value}");
        var baggage = activity.Baggage.Select(tag => $"{tag.Key}={tag.Value}");
        return $"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', tags)} {string.Join(' ', baggage)}";
    }

    private static string Around(string text, Planted secret)
    {
        var at = secret.Forms.Select(form => text.IndexOf(form, StringComparison.Ordinal)).First(i => i >= 0);
        return text[Math.Max(0, at - 120)..Math.Min(text.Length, at + 120)];
    }
}
