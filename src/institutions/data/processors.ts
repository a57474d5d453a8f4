/** Hosts of which more is known than their tenants: who runs them, and how all of their institutions differ. */

import type { ListedProcessor } from '../listing.js';

export const PROCESSORS: readonly ListedProcessor[] = [
  { host: 'ofxdc.prd1.ncr.com', operator: 'NCR (Digital Insight)' },
  { host: 'ofxdi.diginsite.com', operator: 'Digital Insight, before NCR' },
  { host: 'ofx.onlinencr.com', operator: 'NCR' },
  { host: 'ofx.lanxtra.com', operator: 'Cavion' },
  { host: 'www.oasis.cfree.com', operator: 'CheckFree (Fiserv)' },
  { host: 'ofx1.evault.ws', operator: 'evault' },
  { host: 'ofx.netteller.com', operator: 'Jack Henry (NetTeller)' },
  { host: 'directline.netteller.com', operator: 'Jack Henry (NetTeller), older' },
  { host: 'directline2.netteller.com', operator: 'Jack Henry (NetTeller), older' },
  { host: 'www20.onlinebank.com', operator: 'Online Resources' },
  { host: 'www19.onlinebank.com', operator: 'Online Resources' },
  { host: 'pfm.metavante.com', operator: 'Metavante' },
  { host: 'quicken.metavante.com', operator: 'Metavante' },
  { host: 'ofx.netxclient.com', operator: 'Pershing (NetXClient)' },
  { host: 'ofx.fundsxpress.com', operator: 'FundsXpress' },
  { host: 'ofx.centralbancompany.com', operator: 'Central Bancompany' },
  { host: 'ofx3.financialtrans.com', operator: 'DST' },
  { host: 'ofx.financialtrans.com', operator: 'DST' },
  { host: 'ofx.secureinternetbank.com', operator: 'Secure Internet Bank' },
  {
    host: 'ofx.discovercard.com',
    operator: 'Discover',
    quirks: {
      headerOrder: ['Content-Type', 'Host', 'Content-Length', 'Connection'],
      userAgent: 'none',
      minIntervalMs: 5000,
      unstableFitid: true,
    },
    why: {
      headerOrder: 'refused requests with any other header or in another order (a living client, 2020-10)',
      userAgent: 'refused requests that carry a User-Agent (a living client, 2020-10)',
      minIntervalMs: 'refused requests less than five seconds after the one before (three clients, to 2021)',
      unstableFitid: 'rewrote its FITIDs from day to day (a downloader of statements, to 2021)',
    },
  },
  {
    host: 'vesnc.vanguard.com',
    operator: 'Vanguard',
    quirks: {
      cookies: 'resend-when-empty',
      tlsCiphers: 'AES128-SHA256:AES128-GCM-SHA256:AES256-GCM-SHA384',
      prettyPrint: true,
    },
    why: {
      cookies: 'the first answer is empty, sometimes with status 500, and only sets cookies (a living client, 2025-07)',
      tlsCiphers: 'accepts only ciphers with RSA key exchange (a living client, 2024-10)',
      prettyPrint: 'version 2 requests need a line an element (open settings, 2020-11)',
    },
  },
  {
    host: 'mobilesoa.citi.com',
    operator: 'Citi',
    quirks: { accept: '*/*, application/x-ofx', clientUid: 'always', prettyPrint: true, closeTags: true },
    why: {
      accept: 'answers 403 to a request without an Accept header (a living client, 2021)',
      clientUid: 'wants a CLIENTUID in every version (user reports, to 2021)',
      prettyPrint: 'open settings that worked have a line an element (2021-08)',
      closeTags: 'open settings that worked close every element (2021-08)',
    },
  },
  {
    host: 'online.americanexpress.com',
    operator: 'American Express',
    quirks: { accept: '*/*, application/x-ofx, application/xml;q=0.9' },
    why: { accept: 'Accept must name application/xml with a q value, else 403 (user reports, 2021-08)' },
  },
  {
    host: 'ofx.schwab.com',
    operator: 'Charles Schwab',
    quirks: { userAgent: 'none' },
    why: { userAgent: 'never answered a request that carries a User-Agent (user reports, 2019 to 2020)' },
  },
  {
    host: 'ofx.chase.com',
    operator: 'Chase',
    quirks: { clientUid: 'always', unstableFitid: true },
    why: {
      clientUid: 'wants a CLIENTUID that was confirmed in its message centre, else 15510 or 2000 (user reports, to 2021)',
      unstableFitid: 'gives a foreign charge and its fee one and the same FITID (an importer of its files)',
    },
  },
  {
    host: 'ofxdc.wellsfargo.com',
    operator: 'Wells Fargo',
    quirks: { clientUid: 'always', appVer: '2700' },
    why: {
      clientUid: 'answers 15510 to a CLIENTUID that is missing or not registered (user reports, to 2022-12)',
      appVer: 'answers 2000, software no longer supported, to an APPVER that is too old; raising it helped (user report)',
    },
  },
  {
    host: 'eftx.bbt.com',
    operator: 'Truist',
    quirks: { dateZone: 'none' },
    why: { dateZone: 'fails on a plus sign in the zone of DTCLIENT; none at all is safe (user report, 2022-12)' },
  },
];
