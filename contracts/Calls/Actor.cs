namespace Tumbler.Contracts.Calls;

/// <summary>Who acts, as the audit log names it.</summary>
/// <param name="Type">What sort of actor.</param>
/// <param name="Id">For an API key or a registered client its id, for an administrator with a token its <c>client_id</c>, for the one
/// with the admin key <c>bootstrap</c>; never the credential itself.</param>
public sealed record Actor(ActorType Type, string Id)
{
    /// <summary>The product itself: schedules, start-up, configuration.</summary>
    public static Actor System { get; } = new(ActorType.System, "tumbler");

    public static Actor Administrator { get; } = new(ActorType.Administrator, "bootstrap");

    public static Actor Anonymous { get; } = new(ActorType.Anonymous, "-");
}
