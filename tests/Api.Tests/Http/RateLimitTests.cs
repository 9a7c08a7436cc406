using System.Net;
using System.Net.Http.Json;
using QualityIngest.Api.Http.Limits;
using QualityIngest.Client;
using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Tests.Http;

public sealed class RateLimitTests(StrictHost host) : IClassFixture<StrictHost>
{
    [SkippableFact]
    public async Task A_key_that_calls_too_often_is_told_how_long_to_wait_and_no_other_key_is()
    {
        var (eager, calm) = (await host.NewTenant(), await host.NewTenant());
        using var http = host.Http(eager.Secret);
        for (var left = StrictHost.Burst - 1; left >= 0; left--)
        {
            using var taken = await http.GetAsync("v1/queues");
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
            Assert.Equal($"\"key\";q={StrictHost.Burst};w={StrictHost.Burst * 1000}", taken.Headers.GetValues("RateLimit-Policy").Single());
            Assert.StartsWith($"\"key\";r={left};t=", taken.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);
        }

        using var refused = await http.GetAsync("v1/queues");
        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("rate_limited", (await refused.Content.ReadFromJsonAsync<Problem>())!.Code);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 900, 1000);
        Assert.StartsWith("\"key\";r=0;t=", refused.Headers.GetValues("RateLimit").Single(), StringComparison.Ordinal);

        using var query = await http.GetAsync("graphql?query={__typename}");
        Assert.Equal(HttpStatusCode.TooManyRequests, query.StatusCode);
        Assert.Contains("RATE_LIMITED", await query.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync("health/live")).StatusCode);
        await calm.Client.ListQueuesAsync();
    }
}

public sealed class FailedKeyTests(StrictHost host) : IClassFixture<StrictHost>
{
    [SkippableFact]
    public async Task Trying_keys_is_slow_and_hinders_nobody_whose_key_works()
    {
        var tenant = await host.NewTenant();
        HttpResponseMessage tried;
        var tries = 0;
        do
        {
            using var http = host.Http(ApiKeySecret.Generate());
            tried = await http.GetAsync("v1/queues");
            tries++;
        }
        while (tried.StatusCode == HttpStatusCode.Unauthorized);

        Assert.Equal(StrictHost.Failures + 1, tries);
        Assert.Equal(HttpStatusCode.TooManyRequests, tried.StatusCode);
        Assert.NotNull(tried.Headers.RetryAfter);
        Assert.StartsWith("\"address\";", tried.Headers.GetValues("RateLimit-Policy").Single(), StringComparison.Ordinal);
        // Nobody has shown this key here before.
        await tenant.Client.ListQueuesAsync();
        await Answer.Refused(401, "missing_key", async () => await new QualityIngestClient(host.Http()).ListQueuesAsync());
    }
}

public sealed class ForwardedAddressTests(ForwardedAddressTests.BehindProxy host) : IClassFixture<ForwardedAddressTests.BehindProxy>
{
    [SkippableFact]
    public async Task Behind_a_proxy_that_is_believed_one_caller_does_not_slow_another()
    {
        for (var tries = 0; tries < StrictHost.Failures; tries++)
            Assert.Equal(HttpStatusCode.Unauthorized, await Fail("192.0.2.1"));
        Assert.Equal(HttpStatusCode.TooManyRequests, await Fail("192.0.2.1"));
        Assert.Equal(HttpStatusCode.Unauthorized, await Fail("192.0.2.2"));
    }

    private async Task<HttpStatusCode> Fail(string address)
    {
        using var http = host.Http(ApiKeySecret.Generate());
        http.DefaultRequestHeaders.Add("X-Forwarded-For", address);
        using var response = await http.GetAsync("v1/queues");
        return response.StatusCode;
    }

    /// <summary>As with <c>ASPNETCORE_FORWARDEDHEADERS_ENABLED=true</c>.</summary>
    public sealed class BehindProxy : StrictHost
    {
        /// <inheritdoc/>
        protected override IReadOnlyDictionary<string, string?> Settings =>
            new Dictionary<string, string?>(base.Settings) { ["ForwardedHeaders_Enabled"] = "true" };
    }
}

/// <summary>A host where nothing comes back soon.</summary>
public class StrictHost : ApiHost
{
    /// <summary>Requests that a key may send.</summary>
    public const int Burst = 8;

    /// <summary>Keys that an address may try.</summary>
    public const int Failures = 3;

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["RateLimits:KeyRate"] = "0.001",
        ["RateLimits:KeyBurst"] = $"{Burst}",
        ["RateLimits:FailureRate"] = "0.001",
        ["RateLimits:FailureBurst"] = $"{Failures}",
    };
}

public sealed class TokenBucketTests
{
    private readonly Clock _clock = new();

    [Fact]
    public void A_bucket_gives_what_it_holds_and_then_what_comes_back()
    {
        var buckets = new TokenBuckets<string>(2, 3, 100, _clock);
        for (var i = 0; i < 3; i++)
            Assert.True(buckets.Take("a", out _));
        Assert.False(buckets.Take("a", out var empty));
        Assert.Equal((0, TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(0.5)), (empty.Tokens, empty.Full, empty.Next));

        _clock.Pass(TimeSpan.FromSeconds(0.5));
        Assert.True(buckets.Take("a", out _));
        Assert.False(buckets.Take("a", out _));
        _clock.Pass(TimeSpan.FromHours(1));
        Assert.True(buckets.Take("a", out var full));
        Assert.Equal(2, full.Tokens);
    }

    [Fact]
    public void However_many_names_come_memory_is_bounded_and_who_was_refused_stays_so()
    {
        var buckets = new TokenBuckets<int>(0.001, 5, 1000, _clock);
        while (buckets.Take(-1, out _))
        {
        }

        for (var name = 0; name < 50_000; name++)
            buckets.Take(name, out _);
        Assert.InRange(buckets.Count, 1, 1000);
        Assert.False(buckets.Take(-1, out _));
    }

    [Theory]
    [InlineData("192.0.2.7", "192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("::ffff:192.0.2.7", "192.0.2.7", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    public void A_caller_is_an_address_or_a_network_of_its_own(string one, string other, bool same) =>
        Assert.Equal(same, RateLimits.Of(IPAddress.Parse(one)) == RateLimits.Of(IPAddress.Parse(other)));

    private sealed class Clock : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public void Pass(TimeSpan time) => _now += time.Ticks;

        public override long GetTimestamp() => _now;
    }
}
