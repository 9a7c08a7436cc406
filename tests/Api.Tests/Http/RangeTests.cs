using System.Net;
using System.Net.Http.Json;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Http;

/// <summary>Every list that takes <c>from</c> and <c>to</c> takes them alike: times with a zone, or days.</summary>
public sealed class RangeTests(ApiHost host) : IClassFixture<ApiHost>
{
    private const string Early = "2026-05-04T12:00:00Z", Late = "2026-05-04T13:00:00%2B00:00";

    [SkippableTheory]
    [InlineData("v1/conversations")]
    [InlineData("v1/conversations/export.jsonl")]
    [InlineData("v1/conversations/export.csv")]
    [InlineData("v1/call-records")]
    [InlineData("v1/sales")]
    [InlineData("v1/webhooks/deliveries")]
    public async Task Times_have_a_zone_and_come_in_their_order(string list)
    {
        using var http = host.Http((await host.NewTenant()).Secret);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"{list}?from={Early}&to={Late}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"{list}?from={Early}&to={Early}")).StatusCode);
        Assert.Equal(("invalid_parameter", "to_before_from", "to"), await Refused(http, $"{list}?from={Late}&to={Early}"));
        Assert.Equal(("invalid_parameter", "invalid_parameter", "from"), await Refused(http, $"{list}?from=2026-05-04T12:00:00"));
        Assert.Equal(("invalid_parameter", "invalid_parameter", "to"), await Refused(http, $"{list}?to=2026-05-04"));
        Assert.Equal(("invalid_parameter", "unknown_parameter", "since"), await Refused(http, $"{list}?since={Early}"));
    }

    [SkippableFact]
    public async Task Days_come_in_their_order_too()
    {
        using var http = host.Http((await host.NewTenant()).Secret);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("v1/batches?from=2026-05-04&to=2026-05-04")).StatusCode);
        Assert.Equal(("invalid_parameter", "to_before_from", "to"), await Refused(http, "v1/batches?from=2026-05-05&to=2026-05-04"));
        Assert.Equal(("invalid_parameter", "invalid_parameter", "from"), await Refused(http, $"v1/batches?from={Early}"));
    }

    [SkippableTheory]
    [InlineData("v1/conversations")]
    [InlineData("v1/conversations/export.jsonl")]
    [InlineData("v1/conversations/export.csv")]
    public async Task Scores_are_numbers_and_come_in_their_order(string list)
    {
        using var http = host.Http((await host.NewTenant()).Secret);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"{list}?csatMin=4.5&csatMax=4.5")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync($"{list}?csatMin=-1e1&csatMax=4")).StatusCode);
        Assert.Equal(("invalid_parameter", "max_below_min", "csatMax"), await Refused(http, $"{list}?csatMin=4.5&csatMax=4.49"));
        Assert.Equal(("invalid_parameter", "not_finite", "csatMin"), await Refused(http, $"{list}?csatMin=NaN&csatMax=4"));
        Assert.Equal(("invalid_parameter", "not_finite", "csatMax"), await Refused(http, $"{list}?csatMax=-Infinity"));
        Assert.Equal(("invalid_parameter", "invalid_parameter", "csatMin"), await Refused(http, $"{list}?csatMin=four&csatMax=4"));
    }

    private static async Task<(string Code, string Part, string? Parameter)> Refused(HttpClient http, string path)
    {
        using var answer = await http.GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var problem = (await answer.Content.ReadFromJsonAsync<Problem>())!;
        var part = Assert.Single(problem.Errors);
        return (problem.Code, part.Code, part.Parameter);
    }
}
