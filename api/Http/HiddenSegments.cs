using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using QualityIngest.Api.Http.Edge;

namespace QualityIngest.Api.Http;

/// <summary>
/// Takes the secret out of a notification's address before anything sees the request: what the server itself logs and
/// traces of a request, its log scope included, has the path from here on. <see cref="HiddenToken"/> gives it to the handler.
/// </summary>
/// <remarks>Middleware would come too late: the scope is made right after the context.</remarks>
public sealed partial class HiddenSegments(IServiceProvider services) : IHttpContextFactory
{
    private const string Instead = "hidden";

    private readonly DefaultHttpContextFactory _inner = new(services);

    /// <inheritdoc/>
    public HttpContext Create(IFeatureCollection featureCollection)
    {
        RequestIdentity.Assign(featureCollection);
        var request = featureCollection.GetRequiredFeature<IHttpRequestFeature>();
        if (Notification().Match(request.Path) is { Success: true } match)
        {
            featureCollection.Set(new HiddenToken(match.Groups["token"].Value));
            request.Path = match.Groups["before"].Value + Instead;
            request.RawTarget = request.Path;
        }

        return _inner.Create(featureCollection);
    }

    /// <inheritdoc/>
    public void Dispose(HttpContext httpContext) => _inner.Dispose(httpContext);

    // Wherever the path begins, and all but the one operation that has a name there; whatever else stands there may be a token with a slip.
    [GeneratedRegex("^(?<before>.*/connectors/[^/]*/notifications/)(?!rotate/?$)(?<token>.+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Notification();
}

/// <summary>The secret of the address that a request was sent to.</summary>
/// <param name="Text">As it stood in the path.</param>
public sealed record HiddenToken(string Text) : IEndpointParameterMetadataProvider
{
    /// <summary>Takes what was hidden.</summary>
    public static ValueTask<HiddenToken?> BindAsync(HttpContext context) => new(context.Features.Get<HiddenToken>() ?? new HiddenToken(""));

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new HiddenSegmentMetadata("token", "The secret of the connector's address."));
}

/// <summary>Says that a part of an operation's path is taken out of it before the operation is found.</summary>
/// <param name="Name">The path parameter's name.</param>
/// <param name="Description">What it is.</param>
public sealed record HiddenSegmentMetadata(string Name, string Description);
