using Microsoft.Extensions.Options;
using QualityIngest.Domain.Formats;
using QualityIngest.Domain.Outbound;
using QualityIngest.Domain.Sources;
using QualityIngest.TestKit.S3;

namespace QualityIngest.Domain.Tests.Sources;

/// <summary>The room under test beside a real S3 server, with a proxy between them where a fault is needed.</summary>
internal sealed class Reading : IAsyncDisposable
{
    public const string ExternalId = "qi-tenant-1";

    private Reading(S3Server server, FaultProxy proxy, string bucket) => (Server, Proxy, Bucket) = (server, proxy, bucket);

    public S3Server Server { get; }

    public FaultProxy Proxy { get; }

    public string Bucket { get; }

    public OutboundOptions Outbound { get; set; } = new() { Allow = ["127.0.0.1"] };

    public SourceOptions Options { get; set; } = new();

    public DeploymentIdentityOptions Identity { get; set; } = new();

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public S3Sources Sources => field ??= new(Guard, Wrap(Options), Wrap(Identity), Clock);

    public LocatorReader Locators => field ??= new(Guard, Wrap(Options));

    public ConnectionTest Test => new(Sources, Locators, new(Formats), Wrap(Options), Wrap(new QualityCsvOptions()));

    public IReadOnlyList<IFileFormat> Formats { get; set; } = [];

    private OutboundGuard Guard => field ??= new(Wrap(Outbound));

    public static async Task<Reading> Start()
    {
        var server = await S3Server.Shared();
        return new(server, await FaultProxy.Start(server.Endpoint), await server.NewBucket());
    }

    /// <summary>The settings of a connector that reads <c>in/</c> through the proxy as the bucket's owner.</summary>
    public SourceSettings Settings(string prefix = "in/") => new()
    {
        Region = S3Server.Region,
        Endpoint = Proxy.Endpoint,
        Paths = new UnifiedPath($"s3://{Bucket}/{prefix}"),
        Credentials = new AccessKeyCredentials(Server.AccessKey),
    };

    public SourceAccess Access(SourceSettings? settings = null, string? secret = null) =>
        new(settings ?? Settings(), secret ?? Server.SecretKey, ExternalId, ServiceGranted: false);

    public SourceAccess AccessOf(S3User user) =>
        Access(Settings() with { Credentials = new AccessKeyCredentials(user.AccessKey) }, user.SecretKey);

    public S3Source Open(SourceAccess? access = null) => Sources.Open(access ?? Access());

    public static async Task<SourceFailure> Failure(Func<Task> act) => (await Assert.ThrowsAsync<SourceException>(act)).Failure;

    public static async Task<string> Text(SourceObject opened)
    {
        await using (opened)
        {
            using var reader = new StreamReader(opened.Body);
            return await reader.ReadToEndAsync();
        }
    }

    public async ValueTask DisposeAsync()
    {
        Locators.Dispose();
        Sources.Dispose();
        await Proxy.DisposeAsync();
    }

    public static IOptions<T> Wrap<T>(T options) where T : class => Microsoft.Extensions.Options.Options.Create(options);
}
