using QualityIngest.GraphQL.Language;
using QualityIngest.GraphQL.Types;

namespace QualityIngest.GraphQL.Validation.Rules;

/// <summary>Arguments are known, given once, and given where they are required (5.4.1, 5.4.2, 5.4.3).</summary>
internal sealed class UsedArguments(ValidationContext context) : Rule
{
    public override void Arguments(ArgumentsPlace place)
    {
        foreach (var same in place.Given.GroupBy(a => a.Name.Value).Where(g => g.Count() > 1))
            context.Report("UniqueArgumentNames", $"The argument \"{same.Key}\" is given more than once.", same.Select(a => a.Name));
        if (place.Known is null)
            return;
        foreach (var argument in place.Given)
        {
            var name = argument.Name.Value;
            if (place.Find(name) is null)
                context.Report("KnownArgumentNames", $"There is no argument \"{name}\" of {place.OwnerName}.{context.Suggest(name, place.Known.Select(a => a.Name))}", argument);
        }
        foreach (var required in place.Known.Where(a => a.IsRequired()))
        {
            if (!place.Given.Any(a => a.Name.Value == required.Name))
                context.Report("ProvidedRequiredArguments", $"The argument \"{required.Name}\" of {place.OwnerName} is required: its type is {required.Type}.", place.Owner);
        }
    }
}
