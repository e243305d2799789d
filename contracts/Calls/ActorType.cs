namespace Tumbler.Contracts.Calls;

public enum ActorType
{
    System,
    Administrator,
    ApiKey,
    Anonymous,
}
