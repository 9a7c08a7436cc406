using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Extensions.Options;
using QualityIngest.Domain;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace QualityIngest.Api.Http;

/// <summary>How an endpoint says what an outcome becomes: <c>(await queues.Get(…)).Ok()</c>.</summary>
public static class Answers
{
    /// <summary>200 with the value; its version, if it has one, becomes the ETag.</summary>
    public static Ok<T> Ok<T>(this Outcome<T> outcome) => new(outcome);

    /// <summary>201 with the value and where it is.</summary>
    public static Created<T> Created<T>(this Outcome<T> outcome, Func<T, string> location) => new(outcome, location);

    /// <summary>202 with the value, which tells how the work goes.</summary>
    public static Accepted<T> Accepted<T>(this Outcome<T> outcome) => new(outcome);

    /// <summary>204.</summary>
    public static NoContent NoContent(this Outcome<Done> outcome) => new(outcome);

    /// <summary>200 with one page of a list.</summary>
    public static Ok<Listing<T>> Listing<T, TKey>(this Page<T, TKey> page, Paging<TKey> paging) where TKey : IParsable<TKey> =>
        new(new Listing<T>(page.Items, paging.CursorAfter(page)));

    internal static async Task Write<T>(HttpContext context, Outcome<T> outcome, int status, Func<T, string>? location = null)
    {
        if (outcome.Failure is { } failure)
        {
            var wait = (failure as Failure.Refused)?.RetryAfter ?? (failure as Failure.Unavailable)?.RetryAfter;
            await Problems.Write(context, Problems.Of(failure), wait);
            return;
        }

        var response = context.Response;
        if (outcome.Value is IVersioned versioned && EntityTag.Matches(context, versioned))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.StatusCode = status;
        response.Headers.CacheControl = "no-store";
        if (location is not null)
            response.Headers.Location = location(outcome.Value);
        if (status != StatusCodes.Status204NoContent)
        {
            var json = context.RequestServices.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
            await response.WriteAsJsonAsync(outcome.Value, json, context.RequestAborted);
        }
    }

    internal static void Describe<T>(EndpointBuilder builder, int status)
    {
        builder.Metadata.Add(status == StatusCodes.Status204NoContent
            ? new ProducesResponseTypeMetadata(status, typeof(void))
            : new ProducesResponseTypeMetadata(status, typeof(T), ["application/json"]));
        if (typeof(T).IsAssignableTo(typeof(IVersioned)))
            builder.Metadata.Add(new EntityTagMetadata());
    }
}

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in the list's order.</param>
/// <param name="NextCursor">The <c>cursor</c> of the next page; null on the last one.</param>
public sealed record Listing<T>(IReadOnlyList<T> Items, string? NextCursor);

/// <summary>Answers 200 with a value, or the problem.</summary>
public sealed class Ok<T>(Outcome<T> outcome) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => Answers.Write(httpContext, outcome, StatusCodes.Status200OK);

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Answers.Describe<T>(builder, StatusCodes.Status200OK);
}

/// <summary>Answers 201 with a value and its address, or the problem.</summary>
public sealed class Created<T>(Outcome<T> outcome, Func<T, string> location) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => Answers.Write(httpContext, outcome, StatusCodes.Status201Created, location);

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Answers.Describe<T>(builder, StatusCodes.Status201Created);
}

/// <summary>Answers 202 with a value, or the problem.</summary>
public sealed class Accepted<T>(Outcome<T> outcome) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => Answers.Write(httpContext, outcome, StatusCodes.Status202Accepted);

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Answers.Describe<T>(builder, StatusCodes.Status202Accepted);
}

/// <summary>Answers 204, or the problem.</summary>
public sealed class NoContent(Outcome<Done> outcome) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext) => Answers.Write(httpContext, outcome, StatusCodes.Status204NoContent);

    /// <inheritdoc/>
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => Answers.Describe<Done>(builder, StatusCodes.Status204NoContent);
}
