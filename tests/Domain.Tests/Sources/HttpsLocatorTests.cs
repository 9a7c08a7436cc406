using System.Globalization;
using Microsoft.AspNetCore.Http;
using QualityIngest.Domain.Outbound;
using QualityIngest.Domain.Sources;
using QualityIngest.TestKit;

namespace QualityIngest.Domain.Tests.Sources;

public sealed class HttpsLocatorTests : IAsyncLifetime
{
    private readonly List<string> seen = [];
    private readonly TaskCompletionSource cut = new();
    private HttpsServer server = null!;

    public async Task InitializeAsync() => server = await HttpsServer.Start(Answer);

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_presigned_URL_is_read_exactly_as_given()
    {
        const string Query = "?X-Amz-Signature=0f%2F1&X-Amz-Expires=60&plus=a+b%20c";

        Assert.Equal("sound", await Read("/whole" + Query));
        Assert.Equal(["/whole" + Query], seen);
    }

    [Fact]
    public async Task Three_redirects_within_the_list_are_followed_and_a_fourth_is_not()
    {
        Assert.Equal("sound", await Read("/hops/3"));
        Assert.Equal("outbound_refused", (await Fails("/hops/4")).Code);
    }

    [Fact]
    public async Task A_redirect_to_a_host_off_the_list_is_not_followed()
    {
        Assert.Equal("outbound_refused", (await Fails("/to/localhost")).Code);
        Assert.Equal(["/to/localhost"], seen);
    }

    [Theory]
    [InlineData("/status/404", "object_missing", FailureClass.Item)]
    [InlineData("/status/410", "object_missing", FailureClass.Item)]
    [InlineData("/status/403", "get_denied", FailureClass.Item)]
    [InlineData("/status/401", "get_denied", FailureClass.Item)]
    [InlineData("/status/204", "request_refused", FailureClass.Item)]
    [InlineData("/status/429", "throttled", FailureClass.Transient)]
    [InlineData("/status/503", "throttled", FailureClass.Transient)]
    [InlineData("/status/500", "server_fault", FailureClass.Transient)]
    [InlineData("/announced", "file_too_large", FailureClass.Item)]
    [InlineData("/endless", "file_too_large", FailureClass.Item)]
    public async Task What_a_host_answers_is_told_apart(string path, string code, FailureClass whose)
    {
        var failure = await Fails(path);

        Assert.Equal((code, whose), (failure.Code, failure.Class));
    }

    [Fact]
    public async Task A_body_that_is_cut_short_throws_instead_of_ending()
    {
        var failure = await Reading.Failure(() => Read("/cut", use: async opened =>
        {
            await opened.Body.ReadExactlyAsync(new byte[5]);
            cut.SetResult();
            await opened.Body.CopyToAsync(Stream.Null);
        }));

        Assert.Equal(("body_cut_short", FailureClass.Transient), (failure.Code, failure.Class));
    }

    [Fact]
    public async Task A_host_that_is_not_trusted_is_not_read()
    {
        var failure = await Reading.Failure(() => Read("/whole", trusts: false));

        Assert.Equal(("network", FailureClass.Transient), (failure.Code, failure.Class));
        Assert.Empty(seen);
    }

    [Fact]
    public async Task A_host_off_the_list_is_not_read_even_when_asked_directly()
    {
        var failure = await Reading.Failure(() => Read("/whole", listed: false));

        Assert.Equal("locator_not_allowed", failure.Code);
        Assert.Empty(seen);
    }

    private Task<SourceFailure> Fails(string path) => Reading.Failure(() => Read(path));

    private async Task<string> Read(string path, bool trusts = true, bool listed = true, Func<SourceObject, Task>? use = null)
    {
        var guard = new OutboundGuard(Reading.Wrap(new OutboundOptions { Allow = ["127.0.0.1"] }));
        using var sources = new S3Sources(guard, Reading.Wrap(new SourceOptions()), Reading.Wrap(new DeploymentIdentityOptions()), TimeProvider.System);
        using var reader = new LocatorReader(guard, Reading.Wrap(new SourceOptions { MaxObjectBytes = 100_000 }), trusts ? server.Trust : null);
        var source = sources.Open(new(
            new()
            {
                Region = "eu-central-1",
                Paths = new UnifiedPath("s3://bucket/"),
                Credentials = new AccessKeyCredentials("AKIA"),
                AllowedHosts = listed ? [server.Host] : [],
            },
            "secret", "qi-1", ServiceGranted: false));
        var opened = await reader.Open(source, new HttpsObject(new(server.Address + path)), null, default);
        await (use?.Invoke(opened) ?? Task.CompletedTask);
        return await Reading.Text(opened);
    }

    private async Task Answer(HttpContext context)
    {
        seen.Add(context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestFeature>()!.RawTarget);
        switch (context.Request.Path.Value!.Split('/'))
        {
            case [_, "hops", var left]:
                var hops = int.Parse(left, CultureInfo.InvariantCulture);
                context.Response.Redirect(hops == 1 ? "/whole" : $"/hops/{hops - 1}");
                break;
            case [_, "to", var host]:
                context.Response.Redirect($"https://{host}:{context.Request.Host.Port}/whole");
                break;
            case [_, "status", var status]:
                context.Response.StatusCode = int.Parse(status, CultureInfo.InvariantCulture);
                break;
            case [_, "announced"]:
                context.Response.ContentLength = 100_001;
                await context.Response.StartAsync();
                break;
            case [_, "cut"]:
                context.Response.ContentLength = 1000;
                await context.Response.WriteAsync("sound");
                await context.Response.Body.FlushAsync();
                await cut.Task;
                context.Abort();
                break;
            case [_, "endless"]:
                for (var block = 0; block < 20; block++)
                    await context.Response.Body.WriteAsync(new byte[10_000]);
                break;
            default:
                await context.Response.WriteAsync("sound");
                break;
        }
    }
}
