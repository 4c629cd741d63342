// Usage: node oceanic.mjs API_ADDRESS TOKEN. Prints "ready" once it is logged in and its commands are registered.
import { Client } from 'oceanic.js';
import { commands, whereabouts } from './commands.mjs';

const [, , api, token] = process.argv;
const [Row, Button, TextInput, UserSelect] = [1, 2, 4, 5];
const Ephemeral = 64;

const client = new Client({
  auth: `Bot ${token}`,
  rest: { baseURL: `${api}/v10` },
  gateway: { intents: ['GUILDS', 'GUILD_MESSAGES', 'DIRECT_MESSAGES', 'MESSAGE_CONTENT'] },
});

client.once('ready', async () => {
  await client.application.bulkEditGlobalCommands(commands.map(({ integration_types, type = 1, ...command }) => ({ ...command, type, integrationTypes: integration_types })));
  console.log(`ready ${client.user.username} in ${client.guilds.map(guild => `${guild.name} (${guild.channels.size})`).join(', ')}`);
});

const row = component => ({ type: Row, components: [component] });
const counter = count => row({ type: Button, style: 1, customID: `count:${count}`, label: 'Count' });

const answers = {
  greet: interaction => interaction.createMessage({
    embeds: [{ title: `Hello ${interaction.data.options.getString('name')}` }],
    content: `from ${interaction.user.id}`,
  }),
  buttons: interaction => interaction.createMessage({ content: 'Press it', flags: Ephemeral, components: [counter(0)] }),
  form: interaction => interaction.createModal({
    customID: 'form',
    title: 'A form',
    components: [row({ type: TextInput, style: 1, customID: 'words', label: 'Words' })],
  }),
  upload: async interaction => {
    await interaction.defer();
    await interaction.editOriginal({
      content: 'Here',
      attachments: [{ id: '0', filename: 'small.txt', description: 'Small' }],
      files: [{ name: 'small.txt', contents: Buffer.from('a small file'), index: 0 }],
    });
    await interaction.createFollowup({ content: 'And done', flags: Ephemeral });
  },
  pick: async interaction => {
    const { options } = interaction.data;
    const file = options.getAttachment('file', true);
    const content = await (await fetch(file.url)).text();
    await interaction.createMessage({ content: `${options.getUser('person', true).globalName} (${options.getMember('person', true).displayName}), #${options.getChannel('channel', true).name}, ${options.getRole('role', true).name}, ${file.filename}: ${content}` });
  },
  select: interaction => interaction.createMessage({ content: 'Who?', components: [row({ type: UserSelect, customID: 'people', maxValues: 2 })] }),
  where: interaction => interaction.createMessage({
    content: whereabouts({
      context: interaction.context,
      guildOwner: interaction.authorizingIntegrationOwners[0],
      userOwner: interaction.authorizingIntegrationOwners[1],
      isSeen: interaction.appPermissions.has('VIEW_CHANNEL'),
      manages: interaction.memberPermissions?.has('MANAGE_GUILD'),
      guild: client.guilds.get(interaction.guildID)?.name,
      channel: interaction.channel?.name,
      isForAdults: interaction.channel?.nsfw,
    }),
  }),
  errand: async interaction => {
    await interaction.defer();
    const id = interaction.guildID;
    const guild = await client.rest.guilds.get(id, true);
    const [channels, roles, members] = await Promise.all([client.rest.guilds.getChannels(id), client.rest.guilds.getRoles(id), client.rest.guilds.getMembers(id, { limit: 10 })]);
    const asked = await interaction.guild.fetchMembers({ userIDs: members.map(member => member.id).slice(0, 2) });
    const friend = await client.rest.users.get(members.find(member => !member.user.bot && member.id !== interaction.user.id).id);
    await (await friend.createDM()).createMessage({ content: 'Hello from the bot' });
    const thread = await client.rest.channels.startThreadWithoutMessage(interaction.channelID, { name: 'errand', type: 11 });
    await client.rest.channels.createMessage(thread.id, { content: 'In the thread' });
    const archived = await client.rest.channels.edit(thread.id, { archived: true });
    const command = (await client.application.getGlobalCommands()).find(known => known.name === 'greet');
    const changed = await client.application.editGlobalCommand(command.id, { description: 'Greets anybody' });
    const said = await client.rest.channels.getMessages(thread.id, { limit: 1 });
    await interaction.editOriginal({ content: `${guild.approximateMemberCount} members, ${channels.length} channels, ${roles.length} roles, ${members.length} listed, ${asked.length} asked for, wrote to ${friend.globalName}, thread archived ${archived.threadMetadata.archived} after "${said[0].content}", greet: ${changed.description}` });
  },
  Who: interaction => interaction.createMessage({ content: `That is ${interaction.data.target.globalName}` }),
  Quote: interaction => interaction.createMessage({ content: `Quoting "${interaction.data.target.content}"` }),
};

client.on('interactionCreate', async interaction => {
  if (interaction.isCommandInteraction()) {
    await answers[interaction.data.name](interaction);
  } else if (interaction.isAutocompleteInteraction()) {
    const word = interaction.data.options.getFocused(true).value;
    await interaction.result(['a', 'b'].map(end => ({ name: word + end, value: word + end })));
  } else if (interaction.isModalSubmitInteraction()) {
    await interaction.createMessage({ content: `You wrote: ${interaction.data.components.getTextInput('words', true)}` });
  } else if (interaction.isComponentInteraction() && interaction.data.componentType === UserSelect) {
    await interaction.editParent({ content: `Picked ${interaction.data.values.getUsers(true).map(user => user.globalName).join(' and ')}`, components: [] });
  } else if (interaction.isComponentInteraction()) {
    const count = Number(interaction.data.customID.split(':')[1]) + 1;
    await interaction.editParent({ content: `Pressed ${count} times`, components: [counter(count)] });
  }
});

client.on('messageCreate', async message => {
  if (message.author.bot || message.content !== 'ping') return;
  await client.rest.channels.createMessage(message.channelID, { content: 'pong', messageReference: { messageID: message.id } });
});

client.on('error', error => console.error(error));
await client.connect();
