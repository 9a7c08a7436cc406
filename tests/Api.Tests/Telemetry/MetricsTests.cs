using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using QualityIngest.Client;
using QualityIngest.Database;
using QualityIngest.TestKit;

namespace QualityIngest.Api.Tests.Telemetry;

public sealed partial class MetricsTests(MetricsTests.Watched host) : IClassFixture<MetricsTests.Watched>
{
    [SkippableFact]
    public async Task Every_metric_is_explained_and_every_explanation_is_of_a_metric()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs", "metrics.md"));
        var explained = Row().Matches(page).ToDictionary(row => row.Groups["name"].Value, row => (Type: row.Groups["type"].Value, Labels: LabelsOf(row.Groups["labels"].Value)));
        var served = Types(await Page());

        Assert.Equal(explained.Keys.Order(StringComparer.Ordinal), served.Keys.Order(StringComparer.Ordinal));
        Assert.All(served, metric => Assert.Equal(explained[metric.Key].Type, metric.Value));
    }

    [SkippableFact]
    public async Task Every_line_is_one_of_the_format_and_every_label_is_explained()
    {
        var page = await File.ReadAllTextAsync(Path.Combine(Checkout.Root, "docs", "metrics.md"));
        var labels = Row().Matches(page).ToDictionary(row => row.Groups["name"].Value, row => LabelsOf(row.Groups["labels"].Value));
        var text = await Page();
        var types = Types(text);

        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        foreach (var line in text.TrimEnd('\n').Split('\n').Where(line => !line.StartsWith("# ", StringComparison.Ordinal)))
        {
            var sample = SampleLine().Match(line);
            Assert.True(sample.Success, line);
            var name = sample.Groups["name"].Value;
            var family = types.ContainsKey(name) ? name : Suffix().Replace(name, "");
            Assert.True(types.ContainsKey(family), line);
            Assert.True(sample.Groups["value"].Value is "+Inf" or "NaN" || double.TryParse(sample.Groups["value"].Value, CultureInfo.InvariantCulture, out _), line);
            Assert.Equal(labels[family].Order(), sample.Groups["label"].Captures.Select(label => label.Value).Where(label => label != "le").Order());
        }
    }

    [SkippableFact]
    public async Task Work_deliveries_and_answers_are_counted()
    {
        var tenant = await host.NewTenant();
        await using (var session = await host.Database.Postgres.System(CancellationToken.None))
        {
            await session.Execute(
                new Statement(
                    """
                    insert into work_items (tenant_id, kind, key, payload, state, error_code, available_at)
                    select $1, 'test', n::text, '{}', case when n <= 3 then 'dead' else 'available' end, case when n <= 3 then 'broken' end, now() - interval '90 seconds'
                    from generate_series(1, 5) n
                    """,
                    tenant.Id),
                CancellationToken.None);
            await session.Commit(CancellationToken.None);
        }

        await tenant.Client.ListQueuesAsync();
        await Answer.Refused(404, "not_found", () => tenant.Client.GetQueueAsync(Guid.NewGuid()));

        string text = "";
        await Eventually.Holds(async () => (text = await Page()).Contains("""qualityingest_work_items{kind="test",state="due"} 2""", StringComparison.Ordinal));
        Assert.Contains("""qualityingest_work_items{kind="test",state="dead"} 3""", text, StringComparison.Ordinal);
        Assert.Matches("""qualityingest_work_oldest_seconds\{kind="test"\} (9[0-9]|[1-9][0-9]{2})""", text);
        Assert.Matches("""qualityingest_http_request_duration_seconds_count\{operation="getQueue",status="404"\} [1-9]""", text);
        Assert.Matches("""qualityingest_http_request_duration_seconds_bucket\{operation="listQueues",status="200",le="\+Inf"\} [1-9]""", text);
        Assert.Contains("qualityingest_database_up 1", text, StringComparison.Ordinal);
        Assert.DoesNotContain(tenant.Id, text, StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task It_takes_an_administrators_key()
    {
        using var nobody = host.Http();
        using var tenant = host.Http((await host.NewTenant()).Secret);
        Assert.Equal(HttpStatusCode.Unauthorized, (await nobody.GetAsync("metrics")).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await tenant.GetAsync("metrics")).StatusCode);
    }

    [Fact]
    public void Names_and_values_are_escaped() => Assert.Equal(
        "# HELP m a\\\\b\\nc \"d\"\n# TYPE m gauge\nm{l=\"a\\\\b\\n\\\"c\\\"\"} +Inf\nm 0.1\n",
        Api.Telemetry.PrometheusText.Write(
        [
            new("m", Api.Telemetry.MetricType.Gauge, "a\\b\nc \"d\"",
                [Api.Telemetry.Sample.Of(double.PositiveInfinity, KeyValuePair.Create("l", "a\\b\n\"c\"")), Api.Telemetry.Sample.Of(0.1)]),
        ]));

    private async Task<string> Page()
    {
        using var http = host.Http(ApiHost.AdminKey);
        using var answer = await http.GetAsync("metrics");
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        return await answer.Content.ReadAsStringAsync();
    }

    private static Dictionary<string, string> Types(string text)
    {
        var types = TypeLine().Matches(text).ToDictionary(line => line.Groups["name"].Value, line => line.Groups["type"].Value);
        Assert.Equal(types.Keys, HelpLine().Matches(text).Select(line => line.Groups["name"].Value));
        return types;
    }

    private static HashSet<string> LabelsOf(string cell) => [.. cell.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(label => label.Trim('`'))];

    [GeneratedRegex(@"^\| `(?<name>[a-z_]+)` \| (?<type>[a-z]+) \| [^|]* \|(?<labels>[^|]*)\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"^# TYPE (?<name>[a-z_]+) (?<type>counter|gauge|histogram)$", RegexOptions.Multiline)]
    private static partial Regex TypeLine();

    [GeneratedRegex(@"^# HELP (?<name>[a-z_]+) \S.*$", RegexOptions.Multiline)]
    private static partial Regex HelpLine();

    [GeneratedRegex("""^(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)(\{((?<label>[a-zA-Z_]\w*)="([^"\\\n]|\\["\\n])*",?)+\})? (?<value>\S+)$""")]
    private static partial Regex SampleLine();

    [GeneratedRegex("_(bucket|sum|count)$")]
    private static partial Regex Suffix();

    /// <summary>A host that asks its database anew after a second.</summary>
    public sealed class Watched : ApiHost
    {
        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["Metrics:Refresh"] = "00:00:01" };
    }
}
