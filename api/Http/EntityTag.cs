using System.Globalization;
using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;
using QualityIngest.Domain;

namespace QualityIngest.Api.Http;

/// <summary>Says that an operation answers with an ETag.</summary>
public sealed record EntityTagMetadata;

/// <summary>Strong ETags: a resource's version in quotes.</summary>
public static class EntityTag
{
    /// <summary>Sets the ETag, and tells whether it is the one that the caller already has.</summary>
    /// <param name="context">The request.</param>
    /// <param name="resource">What is answered.</param>
    /// <param name="form">Which form of it, where there are others than JSON; null: JSON, and what the resource says beside its version.</param>
    public static bool Matches(HttpContext context, IVersioned resource, string? form = null)
    {
        var version = resource.Version.ToString(CultureInfo.InvariantCulture);
        form ??= resource.Beside;
        var tag = form is null ? $"\"{version}\"" : $"\"{version}-{form}\"";
        context.Response.Headers.ETag = tag;
        return HttpMethods.IsGet(context.Request.Method)
            && EntityTagHeaderValue.TryParseList(context.Request.Headers.IfNoneMatch, out var known)
            && known.Any(k => k.Tag == "*" || k.Tag == tag);
    }
}

/// <summary>The version that a replacement or deletion is meant for, from the header If-Match.</summary>
/// <param name="Version">
/// The version; <c>*</c> stands for whatever it is now. What an ETag has behind it is another form of the same version.
/// </param>
public sealed record IfMatch(ExpectedVersion Version) : IEndpointParameterMetadataProvider
{
    private const string Header = "If-Match";

    /// <summary>Reads the header.</summary>
    /// <exception cref="ProblemException">It is missing, or no ETag of this server.</exception>
    public static ValueTask<IfMatch?> BindAsync(HttpContext context)
    {
        var header = context.Request.Headers.IfMatch.ToString();
        if (header.Length == 0)
            throw new ProblemException(Problem.Of(
                StatusCodes.Status428PreconditionRequired, "if_match_required",
                "Say which version this is meant for: send its ETag in If-Match.",
                new ProblemError("required", "This header is required here.", Header: Header)));
        if (header == "*")
            return new(new IfMatch(new ExpectedVersion(null)));
        if (header is ['"', .. var tag, '"'] && long.TryParse(tag.Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var version))
            return new(new IfMatch(new ExpectedVersion(version)));
        throw new ProblemException(Problem.Of(
            StatusCodes.Status400BadRequest, "invalid_if_match", "If-Match takes one ETag, as this server gave it, or *.",
            new ProblemError("invalid_if_match", "This is not an ETag of this server.", Header: Header)));
    }

    /// <inheritdoc/>
    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new IfMatchMetadata());
}

/// <summary>Says that an operation needs If-Match.</summary>
public sealed record IfMatchMetadata;
