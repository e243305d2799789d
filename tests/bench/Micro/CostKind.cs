namespace Tumbler.Bench.Tests.Micro;

internal enum CostKind
{
    /// <summary>That an operation allocates.</summary>
    Bytes,

    /// <summary>That an operation takes.</summary>
    Instructions,

    /// <summary>Bytes that the server allocates for a request.</summary>
    Request,
}
