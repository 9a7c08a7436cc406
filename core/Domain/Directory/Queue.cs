namespace QualityIngest.Domain.Directory;

/// <summary>A queue that conversations end in. Connectors map the source's queue ids to it.</summary>
/// <param name="Id">The queue's id.</param>
/// <param name="Name">What people call it, unique in the tenant.</param>
/// <param name="Version">Rises with every change; the ETag is this number in quotes.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record Queue(Guid Id, string Name, long Version, DateTimeOffset CreatedAt, DateTimeOffset UpdatedAt) : IVersioned;

/// <summary>A queue as written.</summary>
/// <param name="Name">What people call it, 1–200 characters, unique in the tenant.</param>
public sealed record QueueInput(string Name);
