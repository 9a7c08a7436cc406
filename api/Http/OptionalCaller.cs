using QualityIngest.Domain.Tenants;

namespace QualityIngest.Api.Http;

/// <summary>Who calls, where a key was sent along: for endpoints that do not need one.</summary>
/// <param name="Caller">Null: no key was sent.</param>
public sealed record OptionalCaller(Caller? Caller)
{
    /// <summary>Takes whom the gate let in.</summary>
    public static ValueTask<OptionalCaller?> BindAsync(HttpContext context) => new(new OptionalCaller(context.Features.Get<Caller>()));
}
