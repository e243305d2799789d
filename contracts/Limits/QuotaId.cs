using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using Tumbler.Contracts.Json;

namespace Tumbler.Contracts.Limits;

/// <summary>What is counted together: the use of one class of routes by one organisation or from one address. As text
/// <c>{routes}/{subject}</c>.</summary>
[JsonConverter(typeof(WireTextConverter<QuotaId>))]
public readonly record struct QuotaId : IWireText<QuotaId>
{
    private const int LongestRoutes = 50;
    private const int LongestSubject = 100;

    /// <summary>No organisation and no address is named so.</summary>
    private const string Crowd = "*";

    private readonly string? routes;
    private readonly string? subject;

    /// <param name="routes">A name of the product's own, without a slash.</param>
    /// <param name="subject">A slug or an address.</param>
    public QuotaId(string routes, string subject)
    {
        if (!AreValid(routes, subject))
            throw new ArgumentException("A quota is of a class of routes, named without a slash, and a subject of at most 100 characters.");
        (this.routes, this.subject) = (routes, subject);
    }

    public string Routes => routes ?? throw new InvalidOperationException("An uninitialised quota id was used.");

    public string Subject => subject ?? throw new InvalidOperationException("An uninitialised quota id was used.");

    /// <summary>All subjects together that there is no room to count apart.</summary>
    public QuotaId OfTheCrowd => new(Routes, Crowd);

    public static bool TryParse([NotNullWhen(true)] string? text, out QuotaId id)
    {
        var slash = text?.IndexOf('/') ?? -1;
        var valid = slash >= 0 && AreValid(text.AsSpan(0, slash), text.AsSpan(slash + 1));
        id = valid ? new QuotaId(text![..slash], text[(slash + 1)..]) : default;
        return valid;
    }

    public static QuotaId Parse(string text) =>
        TryParse(text, out var id) ? id : throw new FormatException($"'{text}' is no quota id.");

    public override string ToString() => $"{Routes}/{Subject}";

    private static bool AreValid(ReadOnlySpan<char> routes, ReadOnlySpan<char> subject) =>
        routes.Length is > 0 and <= LongestRoutes && subject.Length is > 0 and <= LongestSubject && !routes.Contains('/');
}
