using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Tests.Outbound;

public sealed class OutboundHandlerTests : IAsyncLifetime
{
    private readonly List<string> seen = [];
    private WebApplication server = null!;
    private Uri address = null!;

    public async Task InitializeAsync()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        server = builder.Build();
        server.Run(Answer);
        await server.StartAsync();
        address = new(server.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());
    }

    public async Task DisposeAsync() => await server.DisposeAsync();

    [Fact]
    public async Task A_name_is_resolved_once_and_what_was_checked_is_dialled()
    {
        var lookups = 0;
        using var client = Client(["store.internal"], resolve: _ =>
        {
            lookups++;
            return IPAddress.Loopback;
        });

        Assert.Equal("whole", await client.GetStringAsync(new Uri($"http://store.internal:{address.Port}/whole")));
        Assert.Equal(1, lookups);
        Assert.Equal([$"/whole for store.internal:{address.Port}"], seen);
    }

    [Fact]
    public async Task No_proxy_stands_between()
    {
        using var client = new HttpClient(Guard(["127.0.0.1"]).CreateHandler(configure: sockets =>
        {
            sockets.UseProxy = true;
            sockets.Proxy = new WebProxy("http://127.0.0.1:9");
            sockets.AllowAutoRedirect = true;
        }));

        Assert.Equal("whole", await client.GetStringAsync(new Uri(address, "/whole")));
    }

    [Fact]
    public async Task Three_redirects_are_followed_and_a_fourth_is_not()
    {
        using var client = Client(["127.0.0.1"], redirects: 3);

        Assert.Equal("whole", await client.GetStringAsync(new Uri(address, "/hops/3")));
        await Assert.ThrowsAsync<OutboundRefusedException>(() => client.GetAsync(new Uri(address, "/hops/4")));
    }

    [Fact]
    public async Task Without_redirects_a_redirect_is_the_answer()
    {
        using var client = Client(["127.0.0.1"]);

        using var response = await client.GetAsync(new Uri(address, "/hops/1"));

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
    }

    [Theory]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("http://[::1]/")]
    [InlineData("http://localhost/")]
    [InlineData("https://user@example.com/")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://2130706433/")]
    public async Task A_redirect_is_checked_like_a_first_request(string target)
    {
        using var client = Client(["127.0.0.1:" + address.Port], redirects: 3);

        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => client.GetAsync(new Uri(address, "/to?" + Uri.EscapeDataString(target))));

        Assert.IsType<OutboundRefusedException>(refusal as OutboundRefusedException ?? refusal.InnerException);
        Assert.Single(seen);
    }

    [Fact]
    public async Task A_redirect_to_another_host_takes_no_credentials_along()
    {
        using var client = Client(["127.0.0.1", "store.internal"], redirects: 3);
        client.DefaultRequestHeaders.Add("X-Secret", "s");

        await client.GetAsync(new Uri(address, "/to?" + Uri.EscapeDataString($"http://store.internal:{address.Port}/whole")));

        Assert.Equal([$"/to for 127.0.0.1:{address.Port} with s", $"/whole for store.internal:{address.Port}"], seen);
    }

    [Fact]
    public async Task A_posted_body_is_never_sent_on()
    {
        using var client = Client(["127.0.0.1"], redirects: 3);

        using var response = await client.PostAsync(new Uri(address, "/hops/1"), new StringContent("x"));

        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
    }

    [Fact]
    public async Task A_dial_to_a_host_that_the_deployment_vouches_for_fails_plainly()
    {
        using var client = Client(["127.0.0.1"]);

        var failure = await Assert.ThrowsAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://127.0.0.1:9/")));

        Assert.IsNotType<OutboundRefusedException>(failure.InnerException);
    }

    private static OutboundGuard Guard(IReadOnlyList<string> allow, Func<string, IPAddress>? resolve = null) =>
        new(new() { Allow = allow }, (host, _) => Task.FromResult<IPAddress[]>([resolve?.Invoke(host) ?? IPAddress.Loopback]));

    private static HttpClient Client(IReadOnlyList<string> allow, int redirects = 0, Func<string, IPAddress>? resolve = null) =>
        new(Guard(allow, resolve).CreateHandler(redirects));

    private Task Answer(HttpContext context)
    {
        var secret = context.Request.Headers["X-Secret"].ToString();
        seen.Add($"{context.Request.Path} for {context.Request.Host}{(secret.Length > 0 ? $" with {secret}" : "")}");
        switch (context.Request.Path.Value!.Split('/'))
        {
            case [_, "hops", var left]:
                var hops = int.Parse(left, System.Globalization.CultureInfo.InvariantCulture);
                context.Response.Redirect(hops == 1 ? "/whole" : $"/hops/{hops - 1}");
                return Task.CompletedTask;
            case [_, "to"]:
                context.Response.Redirect(Uri.UnescapeDataString(context.Request.QueryString.Value![1..]));
                return Task.CompletedTask;
            default:
                return context.Response.WriteAsync("whole");
        }
    }
}
