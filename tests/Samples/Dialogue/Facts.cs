using System.Globalization;

namespace QualityIngest.Samples.Dialogue;

/// <summary>What differs from one conversation to the next, in the words of its language.</summary>
internal sealed record Facts(string Customer, string City, string Order, string Amount, string Thing, IReadOnlyList<string> Days)
{
    /// <summary>Makes some up.</summary>
    public static Facts Pick(Random random, Topic topic)
    {
        var local = Local[topic.Language];
        var cents = random.Next(499, 18_999);
        var amount = topic.Language == "en"
            ? string.Create(CultureInfo.InvariantCulture, $"${cents / 100}.{cents % 100:00}")
            : string.Create(CultureInfo.InvariantCulture, $"{cents / 100},{cents % 100:00} €");
        return new(
            $"{random.Of(local.First)} {random.Of(local.Last)}", random.Of(local.Cities),
            string.Create(CultureInfo.InvariantCulture, $"{random.Next(10, 99)}-{random.Next(1_000, 9_999)}"),
            amount, random.Of(topic.Things), local.Days);
    }

    private sealed record Words(string[] First, string[] Last, string[] Cities, string[] Days);

    private static readonly Dictionary<string, Words> Local = new()
    {
        ["en"] = new(
            ["Helen", "Robert", "Grace", "Daniel", "Sofia", "Kenji", "Aisha", "Peter", "Nora", "Luis"],
            ["Marsh", "Okafor", "Thompson", "Reyes", "Lindqvist", "Abbott", "Novak", "Chen", "Fraser", "Doyle"],
            ["Leeds", "Bristol", "Portland", "Cardiff", "Denver", "Glasgow", "Austin"],
            ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"]),
        ["de"] = new(
            ["Sabine", "Uwe", "Miriam", "Stefan", "Heike", "Emre"],
            ["Vogel", "Schröder", "Yılmaz", "Lang", "Böhm", "Pohl"],
            ["Kassel", "Nürnberg", "Leipzig", "Münster", "Bremen"],
            ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag"]),
        ["es"] = new(
            ["Lucía", "Javier", "Pilar", "Andrés"],
            ["Núñez", "Ortega", "Peña", "Vidal"],
            ["Zaragoza", "Murcia", "Gijón", "Málaga"],
            ["lunes", "martes", "miércoles", "jueves", "viernes"]),
        ["fr"] = new(
            ["Élodie", "Hugo", "Nadia", "Benoît"],
            ["Girard", "Lefèvre", "Morin", "Benali"],
            ["Rennes", "Lyon", "Orléans", "Besançon"],
            ["lundi", "mardi", "mercredi", "jeudi", "vendredi"]),
    };
}
