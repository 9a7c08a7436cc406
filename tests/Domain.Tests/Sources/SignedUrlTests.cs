using System.Globalization;
using System.Net;
using System.Web;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Domain.Outbound;
using QualityIngest.Domain.Sources;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class SignedUrlTests
{
    private static readonly TimeSpan Minutes = TimeSpan.FromMinutes(5);
    private static readonly HttpClient Anybody = new();

    [SkippableTheory]
    [InlineData("in/call.wav")]
    [InlineData("in/a b+c%20d/é:1.wav")]
    public async Task Anybody_reads_the_object_and_no_other(string key)
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, key, "sound");
        await reading.Server.Put(reading.Bucket, "in/other.wav", "another");

        var signed = await reading.Open().Sign(reading.Bucket, key, Minutes, "audio/wav", default);

        using var answer = await Anybody.GetAsync(new Uri(signed.Address));
        Assert.Equal((HttpStatusCode.OK, "audio/wav"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Equal("sound", await answer.Content.ReadAsStringAsync());
        Assert.Equal(signed.ETag, answer.Headers.ETag!.Tag.Trim('"'));
        var elsewhere = new UriBuilder(signed.Address) { Path = $"/{reading.Bucket}/in/other.wav" }.Uri;
        Assert.Equal(HttpStatusCode.Forbidden, (await Anybody.GetAsync(elsewhere)).StatusCode);
        using var deletion = new HttpRequestMessage(HttpMethod.Delete, signed.Address);
        Assert.Equal(HttpStatusCode.Forbidden, (await Anybody.SendAsync(deletion)).StatusCode);
    }

    [SkippableFact]
    public async Task It_expires()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/call.wav", "sound");

        var signed = await reading.Open().Sign(reading.Bucket, "in/call.wav", TimeSpan.FromSeconds(1), null, default);

        Assert.InRange(signed.ExpiresAt - DateTimeOffset.UtcNow, TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(1));
        while ((await Anybody.GetAsync(new Uri(signed.Address))).StatusCode != HttpStatusCode.Forbidden)
            Assert.True(DateTimeOffset.UtcNow < signed.ExpiresAt.AddSeconds(5), "It is still answered.");
    }

    [SkippableFact]
    public async Task What_cannot_be_read_is_not_signed()
    {
        await using var reading = await Reading.Start();
        var stranger = await reading.Server.CreateUser("stranger");
        await reading.Server.Put(reading.Bucket, "in/call.wav", "sound");

        var missing = await Reading.Failure(() => reading.Open().Sign(reading.Bucket, "in/none.wav", Minutes, null, default));
        var denied = await Reading.Failure(() => reading.Open(reading.AccessOf(stranger)).Sign(reading.Bucket, "in/call.wav", Minutes, null, default));
        var foreign = await Reading.Failure(() => reading.Open().Sign("another-bucket", "in/call.wav", Minutes, null, default));

        Assert.Equal(("object_missing", "get_denied", "bucket_not_allowed"), (missing.Code, denied.Code, foreign.Code));
    }

    [SkippableFact]
    public async Task A_roles_address_lives_no_longer_than_its_session()
    {
        await using var reading = await Reading.Start();
        await reading.Server.Put(reading.Bucket, "in/call.wav", "sound");
        reading.Options = new() { RoleDuration = TimeSpan.FromMinutes(15), RoleRefreshBefore = TimeSpan.FromMinutes(1) };
        var source = reading.Open(CredentialTests.RoleAccess(reading, await CredentialTests.Role(reading)));

        var brief = await source.Sign(reading.Bucket, "in/call.wav", Minutes, null, default);
        var longest = await source.Sign(reading.Bucket, "in/call.wav", TimeSpan.FromDays(1), null, default);

        Assert.InRange(brief.ExpiresAt - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(4.5), Minutes);
        Assert.InRange(longest.ExpiresAt - DateTimeOffset.UtcNow, TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
        Assert.Equal("sound", await Anybody.GetStringAsync(new Uri(longest.Address)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(-20)]
    public async Task It_lasts_as_long_where_this_nodes_clock_is_wrong(int minutes)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        await using var store = builder.Build();
        store.Run(async context =>
        {
            context.Response.StatusCode = StatusCodes.Status206PartialContent;
            context.Response.Headers.Date = DateTimeOffset.UtcNow.AddMinutes(minutes).ToString("R", CultureInfo.InvariantCulture);
            context.Response.Headers.ContentRange = "bytes 0-0/5";
            await context.Response.WriteAsync("s");
        });
        await store.StartAsync();
        using var sources = new S3Sources(
            new(Reading.Wrap(new OutboundOptions { Allow = ["127.0.0.1"] })), Reading.Wrap(new SourceOptions()), Reading.Wrap(new DeploymentIdentityOptions()), TimeProvider.System);
        var source = sources.Open(new(
            new()
            {
                Region = "eu-central-1",
                Endpoint = store.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single(),
                Paths = new UnifiedPath("s3://bucket/"),
                Credentials = new AccessKeyCredentials("AKIA"),
            },
            "secret", "qi-1", ServiceGranted: false));

        var signed = await source.Sign("bucket", "call.wav", Minutes, null, default);

        Assert.Equal(300, int.Parse(HttpUtility.ParseQueryString(new Uri(signed.Address).Query)["X-Amz-Expires"]!, CultureInfo.InvariantCulture), 2.0);
        Assert.InRange(signed.ExpiresAt - DateTimeOffset.UtcNow.AddMinutes(minutes), TimeSpan.FromMinutes(4.8), TimeSpan.FromMinutes(5.1));
    }

    [Fact]
    public void It_never_shows_in_a_log() =>
        Assert.DoesNotContain("secret", new SignedUrl("https://host/key?X-Amz-Signature=secret", DateTimeOffset.UnixEpoch, null).ToString(), StringComparison.Ordinal);
}
