using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.SecurityToken;
using QualityIngest.Domain.Outbound;

namespace QualityIngest.Domain.Sources;

/// <summary>
/// Makes the SDK's clients over one guarded pool of connections. The SDK neither retries nor follows redirects: the pipeline
/// retries with back-off, and a redirect says that the region is wrong.
/// </summary>
internal sealed class AwsClients(OutboundGuard guard) : IDisposable
{
    private readonly HttpClient http = new(new NoRedirect(guard.CreateHandler(0, sockets => sockets.MaxConnectionsPerServer = 256)))
    {
        Timeout = Timeout.InfiniteTimeSpan, // Every call carries its own bound.
    };

    public bool Vouches(Uri endpoint) => guard.Vouches(endpoint);

    public AmazonS3Client Store(AWSCredentials credentials, string region, Uri? endpoint, bool pathStyle)
    {
        var config = new AmazonS3Config
        {
            ForcePathStyle = pathStyle,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            UseArnRegion = false,
            DisableMultiregionAccessPoints = true,
        };
        return new(credentials, Configure(config, region, endpoint));
    }

    public AmazonSecurityTokenServiceClient TokenService(AWSCredentials credentials, string region, Uri? endpoint) =>
        new(credentials, Configure(new AmazonSecurityTokenServiceConfig(), region, endpoint));

    public void Dispose() => http.Dispose();

    private T Configure<T>(T config, string region, Uri? endpoint) where T : ClientConfig
    {
        config.HttpClientFactory = new Shared(http);
        config.MaxErrorRetry = 0;
        config.AllowAutoRedirect = false;
        config.IgnoreConfiguredEndpointUrls = true;
        config.DisableLogging = true;
        if (endpoint is null)
        {
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
            return config;
        }

        config.ServiceURL = endpoint.GetLeftPart(UriPartial.Authority);
        config.AuthenticationRegion = region;
        return config;
    }

    private sealed class Shared(HttpClient http) : HttpClientFactory
    {
        public override HttpClient CreateHttpClient(IClientConfig clientConfig) => http;

        public override bool UseSDKHttpClientCaching(IClientConfig clientConfig) => false;

        public override bool DisposeHttpClientsAfterUse(IClientConfig clientConfig) => false;
    }

    private sealed class NoRedirect(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var response = await base.SendAsync(request, cancellationToken);
            // The SDK follows a 307 by signing again for whatever host it names.
            if (response.StatusCode is System.Net.HttpStatusCode.TemporaryRedirect)
                response.StatusCode = System.Net.HttpStatusCode.MovedPermanently;
            return response;
        }
    }
}
