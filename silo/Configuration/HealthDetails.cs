namespace Tumbler.Silo.Configuration;

internal enum HealthDetails
{
    Anyone,

    /// <summary>Whoever may read metrics.</summary>
    Authorized,
}
