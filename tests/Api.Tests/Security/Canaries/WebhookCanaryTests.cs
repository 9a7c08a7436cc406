using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace QualityIngest.Api.Tests.Security.Canaries;

/// <summary>What endpoints are called with is nowhere but in the calls, even where the other side gives back all that it gets.</summary>
public sealed class WebhookCanaryTests(CanaryHost host) : IClassFixture<CanaryHost>
{
    [SkippableFact]
    public async Task What_an_endpoint_is_called_with_is_nowhere_else()
    {
        var tenant = await host.NewTenant();
        using var http = host.Kept(tenant.Secret);
        var (token, header, extra, query, client) =
            (Planted.New("an access token"), Planted.New("a header's secret"), Planted.New("another header's value"), Planted.New("a parameter's secret"), Planted.New("a client's secret"));
        await using var echo = await EchoServer.Start(token.Text);
        var (certificate, pem, key) = Certificate();
        object[] ways =
        [
            new { kind = "header", name = "X-Secret", value = header.Text },
            new { kind = "query", name = "secret", value = query.Text },
            new { kind = "oauth2", tokenUrl = echo.Url + "token", clientId = "client", clientSecret = client.Text },
            new { kind = "oauth2", tokenUrl = echo.Url + "refused", clientId = "client", clientSecret = client.Text },
            new { kind = "oauth2", tokenUrl = "http://127.0.0.1:1/token", clientId = "client", clientSecret = client.Text },
        ];
        var secrets = new List<Planted> { token, header, extra, query, client, key };
        foreach (var (way, at) in ways.SelectMany(w => new[] { "ok", "no", "moved" }.Select(a => (w, a))))
        {
            var body = JsonSerializer.Serialize(new
            {
                url = echo.Url + at + "?a=b",
                headers = new[] { new { name = "X-Extra", value = extra.Text } },
                authentication = way,
                certificate = new { certificate, privateKey = pem },
            });
            var (status, created) = await CanaryHost.Send(http, "POST", "v1/webhooks/endpoints", body, shows: true);
            Assert.Equal(201, status);
            secrets.Add(new("a signing secret", created.GetProperty("secret").GetString()!["whsec_".Length..]));
            var id = created.GetProperty("endpoint").GetProperty("id").GetString();
            await CanaryHost.Send(http, "PUT", $"v1/webhooks/endpoints/{id}", body);
            await CanaryHost.Send(http, "POST", $"v1/webhooks/endpoints/{id}/test");
        }

        var kept = host.KeptClient(tenant.Secret);
        await Eventually.Holds(
            async () => (await tenant.Client.ListWebhookDeliveriesAsync(limit: 100)).Items.Count(d => d.Attempts > 0) == ways.Length * 3, TimeSpan.FromSeconds(60));
        foreach (var delivery in (await kept.ListWebhookDeliveriesAsync(limit: 100)).Items)
            await kept.GetWebhookDeliveryAsync(delivery.Id);
        await kept.ListWebhookEndpointsAsync();

        Assert.Contains(host.Evidence.Answers, answer => answer.Contains("[secret]", StringComparison.Ordinal));
        Assert.Equal([], await host.Evidence.Of(host.Database, [.. secrets, .. host.Configured, new("a tenant's key", tenant.Secret)]));
    }

    [SkippableFact]
    public async Task A_signing_secret_and_a_key_that_stands_among_certificates_are_not_kept_openly()
    {
        var tenant = await host.NewTenant();
        using var http = host.Kept(tenant.Secret);
        var (certificate, pem, key) = Certificate();
        var own = Convert.ToBase64String(RandomNumberGenerator.GetBytes(30));
        var (status, created) = await CanaryHost.Send(
            http, "POST", "v1/webhooks/endpoints", JsonSerializer.Serialize(new
            {
                url = "https://hooks.example.com/",
                certificate = new { certificate = pem + "\n" + certificate, privateKey = pem },
                authority = certificate + "\n" + pem,
            }), shows: true);
        Assert.Equal(201, status);
        Assert.DoesNotContain("PRIVATE KEY", created.GetRawText(), StringComparison.Ordinal);
        var id = created.GetProperty("endpoint").GetProperty("id").GetString();

        await CanaryHost.Send(http, "GET", $"v1/webhooks/endpoints/{id}");
        await CanaryHost.Send(http, "POST", $"v1/webhooks/endpoints/{id}/secret/rotate", JsonSerializer.Serialize(new { secret = "whsec_" + own }), shows: true, repeat: "rotate-1");
        Assert.Equal(409, (await CanaryHost.Send(http, "POST", $"v1/webhooks/endpoints/{id}/secret/rotate", JsonSerializer.Serialize(new { secret = "whsec_" + own }), repeat: "rotate-1")).Status);
        Assert.Equal(422, (await CanaryHost.Send(http, "POST", $"v1/webhooks/endpoints/{id}/secret/rotate", JsonSerializer.Serialize(new { secret = "whsec_!" + own }))).Status);

        Assert.Equal([], await host.Evidence.Of(host.Database, [key, new("a signing secret", own), new("a tenant's key", tenant.Secret)]));
    }

    /// <summary>A certificate, and its key as PEM, of which one line tells it.</summary>
    private static (string Certificate, string Pem, Planted Key) Certificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var certificate = new CertificateRequest("CN=caller", key, HashAlgorithmName.SHA256).CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        var pem = key.ExportPkcs8PrivateKeyPem();
        return (certificate.ExportCertificatePem(), pem, new("a certificate's key", pem.Split('\n')[2]));
    }
}
