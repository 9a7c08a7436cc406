using QualityIngest.Domain.Formats;

namespace QualityIngest.Domain;

/// <summary>Collects what is wrong with a request's fields, so that all of it is said at once.</summary>
public sealed class Fields
{
    private readonly List<FieldError> _errors = [];

    /// <summary>What was found wrong; null when nothing was.</summary>
    public Failure.Invalid? Failure => _errors.Count == 0 ? null : new Failure.Invalid(_errors);

    /// <summary>Says that a field breaks its rule.</summary>
    public void Refuse(string pointer, string code, string message) => _errors.Add(new FieldError(pointer, code, message));

    /// <summary>A required line of text, trimmed: 1 to <paramref name="max"/> characters, none of them a control character.</summary>
    public string Text(string pointer, string? value, int max)
    {
        var text = value?.Trim() ?? "";
        if (text.Length == 0)
            Refuse(pointer, "required", "This must not be empty.");
        else if (text.Length > max)
            Refuse(pointer, "too_long", $"This must be at most {max} characters.");
        else if (text.Any(char.IsControl))
            Refuse(pointer, "control_character", "This must not contain control characters.");
        return text;
    }

    /// <summary>A line of text that may be missing: null, empty and blank all mean that it is.</summary>
    public string? OptionalText(string pointer, string? value, int max) =>
        string.IsNullOrWhiteSpace(value) ? null : Text(pointer, value, max);

    /// <summary>An e-mail address that may be missing, in lower case: mail domains ignore case, and so do agents' addresses.</summary>
    public string? OptionalEmail(string pointer, string? value)
    {
        if (OptionalText(pointer, value, 320) is not { } text)
            return null;
        if (!EmailAddress.TryFold(text, out var email))
            Refuse(pointer, "invalid_email", "This must be an e-mail address.");
        return email;
    }
}
