namespace Tumbler.Cli.Doctor;

/// <param name="IsGiven">Whether there was one to try.</param>
/// <param name="Status">What the server answered to it; null when it was not asked.</param>
/// <param name="Problem">Why it was not tried, or could not be read.</param>
/// <param name="Rights">Whose they are, as far as the credential itself says: <c>an owner</c>.</param>
internal sealed record CredentialFacts(bool IsGiven, int? Status = null, string? Problem = null, string? Rights = null)
{
    public static CredentialFacts None { get; } = new(false);

    public bool IsAccepted => Status == 200;
}
