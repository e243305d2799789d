using Tumbler.Contracts.Calls;
using Tumbler.Contracts.Organizations;
using Tumbler.Contracts.Paging;

namespace Tumbler.Api.Tests.Http;

/// <summary>Has every organisation, unless the test says otherwise.</summary>
internal sealed class ScriptedOrganizations : IOrganizations
{
    public Func<Result<OrganizationView>>? OnGet { get; set; }

    /// <summary>Of every change.</summary>
    public Spread? Spread { get; set; }

    public CallContext? LastCall { get; private set; }

    public UpdateOrganization? LastUpdate { get; private set; }

    public Task<Result<Page<OrganizationView>>> List(PageRequest page) =>
        Task.FromResult<Result<Page<OrganizationView>>>(new Page<OrganizationView>([View("acme")], $"{page.Cursor}/{page.Limit}"));

    public Task<Result<OrganizationView>> Get(OrgSlug org) => Task.FromResult(OnGet?.Invoke() ?? View(org.Value));

    public Task<Result<OrganizationView>> Create(CreateOrganization request, CallContext call)
    {
        LastCall = call;
        return Task.FromResult(Changed(request.Slug!));
    }

    public Task<Result<OrganizationView>> Update(OrgSlug org, UpdateOrganization request, CallContext call)
    {
        (LastCall, LastUpdate) = (call, request);
        return Task.FromResult(Changed(org.Value));
    }

    public Task<Result<OrganizationView>> Delete(OrgSlug org, CallContext call)
    {
        LastCall = call;
        return Task.FromResult(Changed(org.Value));
    }

    private Result<OrganizationView> Changed(string slug) => ((Result<OrganizationView>)View(slug)).With(Spread);

    private static OrganizationView View(string slug) =>
        new(OrgSlug.Parse(slug), "Acme", "a@acme.example", OrganizationStatus.Active, 1, FixedClock.Now, FixedClock.Now);
}
