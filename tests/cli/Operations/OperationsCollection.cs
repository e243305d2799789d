namespace Tumbler.Cli.Tests.Operations;

/// <summary>One server, and one test after the other.</summary>
[CollectionDefinition(Name)]
public sealed class OperationsCollection : ICollectionFixture<OperatedServer>
{
    public const string Name = "operations";
}
