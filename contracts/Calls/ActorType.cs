namespace Tumbler.Contracts.Calls;

public enum ActorType
{
    System,
    Administrator,
    ApiKey,
    Anonymous,

    /// <summary>A registered client.</summary>
    Client,
}
