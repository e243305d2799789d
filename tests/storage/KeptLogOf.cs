using Microsoft.Extensions.Logging;

namespace Tumbler.Storage.Tests;

/// <inheritdoc cref="KeptLog"/>
internal sealed class KeptLogOf<T> : KeptLog, ILogger<T>;
