namespace QualityIngest.Domain.Directory;

/// <summary>A person or a program that serves customers. Conversations name agents by e-mail or external id.</summary>
/// <param name="Id">The agent's id.</param>
/// <param name="Name">What people call the agent.</param>
/// <param name="Email">In lower case, unique in the tenant; null: known by the external id alone.</param>
/// <param name="ExternalId">What the source calls the agent, unique in the tenant; null: known by e-mail alone.</param>
/// <param name="Version">Rises with every change; the ETag is this number in quotes.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record Agent(
    Guid Id, string Name, string? Email, string? ExternalId, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt) : IVersioned;

/// <summary>An agent as written. At least one of e-mail and external id is there.</summary>
/// <param name="Name">What people call the agent, 1–200 characters.</param>
/// <param name="Email">At most 320 characters, compared without case, unique in the tenant.</param>
/// <param name="ExternalId">At most 200 characters, compared exactly, unique in the tenant.</param>
public sealed record AgentInput(string Name, string? Email = null, string? ExternalId = null)
{
    /// <summary>The agent as it will be stored; what breaks a rule is added to the fields.</summary>
    internal AgentInput Checked(Fields fields)
    {
        var agent = new AgentInput(
            fields.Text("/name", Name, 200), fields.OptionalEmail("/email", Email), fields.OptionalText("/externalId", ExternalId, 200));
        if (agent is { Email: null, ExternalId: null })
            fields.Refuse("/email", "required", "An agent needs an e-mail address or an external id.");
        return agent;
    }
}
