using Microsoft.EntityFrameworkCore;
using Personalization.Imagine;

namespace Personalization.Storage.Imagine;

internal sealed class PromptDraftStore(Database database) : IPromptDrafts
{
    public Task SaveAsync(ulong id, PersonId person, string prompt, CancellationToken cancellationToken) =>
        database.WriteAsync(
            async context =>
            {
                if (await context.PromptDrafts.AnyAsync(draft => draft.Id == id, cancellationToken))
                {
                    return false;
                }

                context.PromptDrafts.Add(new PromptDraftRow { Id = id, PersonId = person.Value, Prompt = prompt });
                await context.SaveChangesAsync(cancellationToken);
                return true;
            },
            cancellationToken);

    public Task<string?> FindAsync(ulong id, CancellationToken cancellationToken) =>
        database.ReadAsync(
            context => context.PromptDrafts.Where(draft => draft.Id == id).Select(draft => draft.Prompt).FirstOrDefaultAsync(cancellationToken),
            cancellationToken);
}
