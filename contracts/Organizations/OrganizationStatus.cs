namespace Tumbler.Contracts.Organizations;

public enum OrganizationStatus
{
    Active,

    /// <summary>Its API keys are refused; everything is kept.</summary>
    Suspended,
}
