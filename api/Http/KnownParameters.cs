using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing.Patterns;

namespace QualityIngest.Api.Http;

/// <summary>Names query parameters that an endpoint's binding reads by itself.</summary>
public interface IQueryParameterNames
{
    /// <summary>The names.</summary>
    IReadOnlyList<string> Names { get; }
}

/// <summary>Says that an endpoint judges the whole query by itself.</summary>
public interface IReadsQuery;

/// <summary>Refuses query parameters that an endpoint does not know: a misspelt filter must not answer with everything.</summary>
public static class KnownParameters
{
    /// <summary>The most characters of a value: those of an object's key.</summary>
    public const int MaxLength = 1024;

    /// <summary>The most values of a parameter that takes several.</summary>
    public const int MaxValues = 100;

    /// <summary>Checks every request that meets an endpoint of the API.</summary>
    public static IApplicationBuilder UseKnownParameters(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (context.Request.Query.Count == 0 || context.GetEndpoint() is not RouteEndpoint endpoint || endpoint.Metadata.GetMetadata<IAccess>() is null
            || endpoint.Metadata.GetMetadata<IReadsQuery>() is not null)
            return next(context);

        var several = new HashSet<string>(StringComparer.Ordinal);
        var known = Of(endpoint, several);
        var errors = context.Request.Query.Keys
            .Where(name => !known.Contains(name))
            .Select(name => new ProblemError("unknown_parameter", "This call has no such parameter.", Parameter: name))
            .ToList();
        errors.AddRange(context.Request.Query
            .Where(query => known.Contains(query.Key) && query.Value.Any(value => value?.Any(char.IsControl) == true))
            .Select(query => new ProblemError("control_character", "This must not contain control characters.", Parameter: query.Key)));
        errors.AddRange(context.Request.Query
            .Where(query => known.Contains(query.Key) && query.Value.Any(value => value?.Length > MaxLength))
            .Select(query => new ProblemError("too_long", $"This must have at most {MaxLength} characters.", Parameter: query.Key)));
        errors.AddRange(context.Request.Query
            .Where(query => known.Contains(query.Key) && query.Value.Count > MaxValues)
            .Select(query => new ProblemError("too_many", $"This must stand here at most {MaxValues} times.", Parameter: query.Key)));
        // Binding would join the values, and look for what none of them is.
        errors.AddRange(context.Request.Query
            .Where(query => known.Contains(query.Key) && !several.Contains(query.Key) && query.Value.Count > 1)
            .Select(query => new ProblemError("repeated_parameter", "This must stand here once.", Parameter: query.Key)));
        if (known.Contains("from") && known.Contains("to") && IsBackwards(context.Request.Query["from"], context.Request.Query["to"]))
            errors.Add(new("to_before_from", "The range ends before it begins.", Parameter: "to"));
        errors.AddRange(Numbers(known, context.Request.Query));
        return errors.Count == 0
            ? next(context)
            : Problems.Write(context, Problem.Of(StatusCodes.Status400BadRequest, "invalid_parameter", "Parameters of the query are unknown or unreadable.", errors));
    });

    // Times and days are told apart by how they are written; what cannot be read is refused where it is bound.
    private static bool IsBackwards(string? from, string? to) =>
        Timestamp.TryParse(from, out var first) ? Timestamp.TryParse(to, out var last) && first > last
        : Day.TryParse(from, null, out var firstDay) && Day.TryParse(to, null, out var lastDay) && firstDay.Value > lastDay.Value;

    // A range of numbers is a parameter that ends in Min and one that ends in Max; what is no number is refused where it is bound.
    private static IEnumerable<ProblemError> Numbers(HashSet<string> known, IQueryCollection query)
    {
        foreach (var least in known.Where(name => name.EndsWith("Min", StringComparison.Ordinal)))
        {
            var most = least[..^"Min".Length] + "Max";
            foreach (var name in new[] { least, most }.Where(name => Number(query[name]) is { } number && !double.IsFinite(number)))
                yield return new("not_finite", "This must be a finite number.", Parameter: name);
            if (Number(query[least]) > Number(query[most]))
                yield return new("max_below_min", $"The range ends below {least}, where it begins.", Parameter: most);
        }
    }

    private static double? Number(string? text) =>
        double.TryParse(text, NumberStyles.Float | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static HashSet<string> Of(RouteEndpoint endpoint, HashSet<string> several)
    {
        var known = endpoint.Metadata.GetOrderedMetadata<IQueryParameterNames>().SelectMany(names => names.Names).ToHashSet(StringComparer.Ordinal);
        foreach (var parameter in endpoint.Metadata.GetOrderedMetadata<IParameterBindingMetadata>())
        {
            var type = parameter.ParameterInfo.ParameterType;
            if (!parameter.HasTryParse && type != typeof(string) && type != typeof(string[]))
                continue;
            var name = parameter.ParameterInfo.GetCustomAttributes(true).OfType<IFromQueryMetadata>().FirstOrDefault()?.Name ?? JsonNamingPolicy.CamelCase.ConvertName(parameter.Name);
            if (endpoint.RoutePattern.Parameters.Any(inPath => inPath.Name.Equals(name, StringComparison.OrdinalIgnoreCase)))
                continue;
            known.Add(name);
            if (type.IsArray)
                several.Add(name);
        }

        return known;
    }
}
