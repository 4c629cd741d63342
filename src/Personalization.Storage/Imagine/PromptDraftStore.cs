using Microsoft.EntityFrameworkCore;
using Personalization.Imagine;

namespace Personalization.Storage.Imagine;

internal sealed class PromptDraftStore(Database database) : IPromptDrafts
{
    public Task SaveAsync(ulong id, PersonId person, string prompt, bool isPersonal, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                if (await context.PromptDrafts.AnyAsync(draft => draft.Id == id, cancellationToken))
                {
                    return false;
                }

                context.PromptDrafts.Add(new PromptDraftRow { Id = id, PersonId = person.Value, Prompt = prompt, IsPersonal = isPersonal });
                await context.SaveChangesAsync(cancellationToken);
                return true;
            },
            cancellationToken);

    public Task<(string Prompt, bool IsPersonal)?> FindAsync(ulong id, PersonId person, CancellationToken cancellationToken) =>
        database.ReadAsync<(string, bool)?>(
            async context => await context.PromptDrafts.AsNoTracking().FirstOrDefaultAsync(draft => draft.Id == id && draft.PersonId == person.Value, cancellationToken) is { } draft
                ? (draft.Prompt, draft.IsPersonal)
                : null,
            cancellationToken);
}
