using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Tumbler.Contracts.Calls;

namespace Tumbler.Contracts.Input;

/// <summary>Checks the fields of one request and collects the errors, so that a caller sees them all at once.
/// Each method returns the accepted value, or a default after noting the error.</summary>
public sealed partial class InputCheck
{
    public const int MaxName = 100;
    public const int MaxReason = 200;
    public const int MaxListLength = 100;

    /// <summary>More help nobody. A body of 100 KB can hold 15,000: its answer and its log line would be many times its
    /// size, and whoever sends it need not have a credential.</summary>
    public const int MaxErrors = 20;

    private static readonly string AudienceRule =
        $"must be an absolute URI of at most {InputRules.MaxAudience} characters without a fragment";

    private readonly List<FieldError> errors = [];

    public bool Failed => errors.Count > 0;

    public Refusal Refusal => Refusal.Invalid(errors.ToArray());

    public void Add(string field, string rule, string message)
    {
        if (errors.Count < MaxErrors)
            errors.Add(new FieldError(field, rule, message));
    }

    public string Slug(string field, string? value) =>
        Require(field, value, InputRules.IsSlug, "slug", "must be 3 to 50 characters of a-z, A-Z, 0-9 and _");

    public string Email(string field, string? value) =>
        Require(field, value, InputRules.IsEmail, "email",
            "must be an e-mail address of at most 64 characters before the @ and 254 in all").ToLowerInvariant();

    public string Name(string field, string? value) =>
        Require(field, value, text => IsPlainText(text, MaxName), "name",
            $"must be 1 to {MaxName} characters, not blank, without control characters");

    public string? Reason(string field, string? value) =>
        value is null ? null : Require(field, value, text => IsPlainText(text, MaxReason), "reason",
            $"must be 1 to {MaxReason} characters, not blank, without control characters");

    public IReadOnlyList<string> Scopes(string field, IReadOnlyList<string>? values) =>
        List(field, values, InputRules.IsScope, "scope",
            $"must be 1 to {InputRules.MaxScope} printable ASCII characters without space, quote and backslash");

    public string Audience(string field, string? value) => Require(field, value, InputRules.IsAudience, "audience", AudienceRule);

    public IReadOnlyList<string> Audiences(string field, IReadOnlyList<string>? values) =>
        List(field, values, InputRules.IsAudience, "audience", AudienceRule);

    public IReadOnlyList<string> AddressBlocks(string field, IReadOnlyList<string>? values) =>
        List(field, values, InputRules.IsAddressBlock, "address_block",
            "must be an IP address or a CIDR block whose host bits are zero");

    public TimeSpan? Duration(string field, string? value, TimeSpan min, TimeSpan max)
    {
        if (value is null)
            return null;
        if (Input.Duration.TryParse(value, out var duration) && duration >= min && duration <= max)
            return duration;
        Add(field, "duration",
            $"{field} must be a duration from {Input.Duration.Format(min)} to {Input.Duration.Format(max)}, such as PT10M.");
        return null;
    }

    /// <summary>An RFC 3339 time after <paramref name="now"/>.</summary>
    public DateTimeOffset? FutureTime(string field, string? value, DateTimeOffset now)
    {
        if (value is null)
            return null;
        if (!TryTime(value, out var time))
            Add(field, "time", $"{field} must be an RFC 3339 time such as 2030-01-31T12:00:00Z.");
        else if (time <= now)
            Add(field, "future_time", $"{field} must be in the future.");
        else
            return time;
        return null;
    }

    public DateTimeOffset? Time(string field, string? value)
    {
        if (value is null)
            return null;
        if (TryTime(value, out var time))
            return time;
        Add(field, "time", $"{field} must be an RFC 3339 time such as 2030-01-31T12:00:00Z.");
        return null;
    }

    /// <summary>One of an enumeration's names in snake_case, or null when absent.</summary>
    public T? OneOf<T>(string field, string? value) where T : struct, Enum
    {
        if (value is null)
            return null;
        foreach (var candidate in Enum.GetValues<T>())
        {
            if (Names.SnakeCase(candidate) == value)
                return candidate;
        }

        Add(field, "one_of", $"{field} must be one of {string.Join(", ", Enum.GetValues<T>().Select(Names.SnakeCase))}.");
        return null;
    }

    private string Require(string field, string? value, Func<string, bool> accepts, string rule, string rest)
    {
        if (value is null)
            Add(field, "required", $"{field} is required.");
        else if (!accepts(value))
            Add(field, rule, $"{field} {rest}.");
        else
            return value;
        return "";
    }

    private string[] List(string field, IReadOnlyList<string>? values, Func<string, bool> accepts, string rule, string rest)
    {
        values ??= [];
        if (values.Count > MaxListLength)
            Add(field, "list_length", $"{field} must have at most {MaxListLength} items.");
        for (var i = 0; i < Math.Min(values.Count, MaxListLength); i++)
            Require($"{field}[{i}]", values[i], accepts, rule, rest);
        if (values.Distinct(StringComparer.Ordinal).Count() != values.Count)
            Add(field, "distinct", $"{field} must not name anything twice.");
        return [.. values];
    }

    private static bool IsPlainText(string text, int max) =>
        text.Length >= 1 && text.Length <= max && !string.IsNullOrWhiteSpace(text)
        && !text.EnumerateRunes().Any(rune => Rune.IsControl(rune) || rune == Rune.ReplacementChar);

    private static bool TryTime(string text, out DateTimeOffset time)
    {
        time = default;
        return TimeShape().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out time);
    }

    // RFC 3339 §5.6. The framework alone would also read an absent offset, `+2:00`, `+0200` and a fraction without digits.
    [GeneratedRegex(@"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,7})?(Z|[+-][0-9]{2}:[0-9]{2})\z", RegexOptions.CultureInvariant)]
    private static partial Regex TimeShape();
}
