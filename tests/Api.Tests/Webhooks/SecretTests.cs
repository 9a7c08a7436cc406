using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using QualityIngest.Api.Tests.Conversations.Erasure;
using QualityIngest.Client;

namespace QualityIngest.Api.Tests.Webhooks;

/// <summary>What an endpoint's caller is known by reaches the endpoint, and stands nowhere else.</summary>
public sealed class SecretTests(SecretTests.Host host) : IClassFixture<SecretTests.Host>
{
    [SkippableTheory]
    [InlineData("header")]
    [InlineData("query")]
    [InlineData("headers")]
    [InlineData("oauth2")]
    public async Task A_secret_is_sent_and_is_in_no_table_line_or_answer(string kind)
    {
        var (tenant, secret) = (await host.NewTenant(), Canary.New());
        await using var receiver = await Receiver.Start();
        receiver.Answer = (message, context) =>
        {
            context.Response.StatusCode = Shown(message).Contains(secret, StringComparison.Ordinal) ? 401 : 200;
            return Task.CompletedTask;
        };
        var endpoint = await WebhookHost.Subscribe(tenant, receiver, input => kind switch
        {
            "header" => input with { Authentication = new HeaderAuthentication { Name = "X-Key", Value = secret } },
            "query" => input with { Authentication = new QueryAuthentication { Name = "key", Value = secret } },
            "headers" => input with { Headers = [new() { Name = "X-Other", Value = secret }] },
            _ => input with { Authentication = new OAuthAuthentication { TokenUrl = receiver.Url, ClientId = "c", ClientSecret = secret } },
        });

        await host.Scanned(tenant, Guid.NewGuid(), Guid.NewGuid(), 0, 1);
        var failed = await WebhookHost.Delivery(tenant, endpoint.Id, DeliveryState.Failed);

        Assert.Equal(kind == "oauth2" ? "token_unavailable" : "endpoint_refused", failed.ErrorCode);
        Assert.Equal(kind == "oauth2" ? null : 401, failed.Status);
        Assert.Empty(await Canary.Places(host.Database, secret));
        Assert.DoesNotContain(host.Lines, line => line.Contains(secret, StringComparison.OrdinalIgnoreCase));
        using var http = host.Http(tenant.Secret);
        foreach (var path in new[] { "endpoints", $"endpoints/{endpoint.Id}", "deliveries", $"deliveries/{failed.Id}" })
            Assert.DoesNotContain(secret, await http.GetStringAsync("v1/webhooks/" + path), StringComparison.OrdinalIgnoreCase);
    }

    [SkippableFact]
    public async Task The_signing_secret_is_shown_once_and_sealed()
    {
        var tenant = await host.NewTenant();
        await using var receiver = await Receiver.Start();
        var made = await WebhookHost.Subscribe(tenant, receiver);
        var own = "whsec_" + Convert.ToBase64String(new byte[24]);

        var rotated = await tenant.Client.RotateWebhookSecretAsync(made.Endpoint.Id, new() { Secret = own });

        Assert.Equal(own, rotated.Secret);
        Assert.NotNull(rotated.Endpoint.FormerSecretUntil);
        using var http = host.Http(tenant.Secret);
        var shown = await http.GetStringAsync($"v1/webhooks/endpoints/{made.Endpoint.Id}");
        Assert.DoesNotContain("whsec_", shown, StringComparison.Ordinal);
        Assert.Empty(await Canary.Places(host.Database, made.Secret["whsec_".Length..]));
        Assert.Empty(await Canary.Places(host.Database, "whsec"));
    }

    private static string Shown(ReceivedMessage message) => $"{message.Query} {string.Join(' ', message.Headers.Values)}";

    /// <summary>A host that keeps every line that it logs.</summary>
    public sealed class Host : WebhookHost
    {
        /// <summary>Every line.</summary>
        public ConcurrentQueue<string> Lines { get; } = new();

        /// <inheritdoc/>
        protected override void Configure(IServiceCollection services) =>
            services.AddLogging(logging => logging.AddProvider(new Everything(Lines)).SetMinimumLevel(LogLevel.Trace).AddFilter<Everything>(null, LogLevel.Trace));
    }

    private sealed class Everything(ConcurrentQueue<string> lines) : ILoggerProvider, ILogger
    {
        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{formatter(state, exception)} {exception}");

        public void Dispose()
        {
        }
    }
}
