using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Ingest.Rules;

public sealed class CooldownTests(CooldownTests.Host host) : IClassFixture<CooldownTests.Host>
{
    [SkippableFact]
    public async Task A_connector_is_refreshed_by_hand_once_a_minute()
    {
        var bucket = await host.Arrange();
        await bucket.Ingest();

        var refused = await Assert.ThrowsAsync<QualityIngestException<Problem>>(() => bucket.Client.StartScanAsync(bucket.Connector.Id));

        Assert.Equal((429, "refresh_cooldown"), (refused.StatusCode, refused.Result.Code));
        Assert.InRange(int.Parse(Assert.Single(refused.Headers["Retry-After"]), System.Globalization.CultureInfo.InvariantCulture), 1, 60);
        Assert.Single((await bucket.Client.ListScansAsync(bucket.Connector.Id)).Items);
    }

    public sealed class Host : IngestHost
    {
        protected override IReadOnlyDictionary<string, string?> Settings =>
            new Dictionary<string, string?>(base.Settings) { ["Ingest:RefreshCooldown"] = "00:01:00" };
    }
}
