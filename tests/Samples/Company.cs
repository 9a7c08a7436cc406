namespace QualityIngest.Samples;

/// <summary>A queue of the contact centre.</summary>
/// <param name="ExternalId">What rows call it.</param>
/// <param name="Name">What people call it.</param>
public sealed record SampleQueue(string ExternalId, string Name);

/// <summary>Somebody who answers.</summary>
/// <param name="Name">First and last name.</param>
/// <param name="Email">In lower case; rows write it in any case.</param>
/// <param name="Language">The primary language that they work in.</param>
public sealed record SampleAgent(string Name, string Email, string Language)
{
    /// <summary>How they introduce themselves.</summary>
    public string FirstName => Name.Split(' ')[0];
}

/// <summary>The made-up company whose contact centre the sample shows.</summary>
internal static class Company
{
    public const string Name = "Halden & Pike";

    public static readonly SampleQueue UnmappedQueue = new("Q-RETURNS", "Returns");

    public static readonly SampleAgent UnknownAgent = new("Owen Fairweather", "owen.fairweather@haldenpike.example", "en");

    public static readonly IReadOnlyList<SampleQueue> Queues =
    [
        new("Q-ORDERS", "Orders"),
        new("Q-BILLING", "Billing"),
        new("Q-DELIVERY", "Deliveries"),
        new("Q-REPAIRS", "Repairs"),
    ];

    public static readonly IReadOnlyList<SampleAgent> Agents =
    [
        new("Anna Whitfield", "anna.whitfield@haldenpike.example", "en"),
        new("Marcus Oyelaran", "marcus.oyelaran@haldenpike.example", "en"),
        new("Priya Nair", "priya.nair@haldenpike.example", "en"),
        new("Tom Gallagher", "tom.gallagher@haldenpike.example", "en"),
        new("Lena Brandt", "lena.brandt@haldenpike.example", "de"),
        new("Jonas Keller", "jonas.keller@haldenpike.example", "de"),
        new("Marta Ibáñez", "marta.ibanez@haldenpike.example", "es"),
        new("Camille Laurent", "camille.laurent@haldenpike.example", "fr"),
    ];

    /// <summary>The queue where conversations about something end.</summary>
    public static SampleQueue QueueFor(string reason) => reason switch
    {
        "billing" => Queues[1],
        "delivery" or "delivery_damage" => Queues[2],
        "appliance_repair" => Queues[3],
        _ => Queues[0],
    };
}
